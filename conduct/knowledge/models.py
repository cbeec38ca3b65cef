from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .states import TRANSITIONS, Origin, VersionState

LONG = [MaxLengthValidator(4000)]
WRITTEN = ("title", "symptom", "cause", "solution", "equipment_model", "keywords")


def _who(label, **facts):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **facts)


class Article(models.Model):
    """Something that was solved once and helps again. `current` is the published version, None before the first and after the last."""

    number = models.CharField(_("number"), max_length=16, unique=True)
    current = models.OneToOneField("ArticleVersion", models.PROTECT, null=True, related_name="+")
    origin = models.CharField(_("made of"), max_length=10, choices=Origin, blank=True)
    reference = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField(_("begun at"))
    changed_at = models.DateTimeField(_("changed at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        verbose_name = _("article")
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="article_changed"),
            models.Index(fields=["origin", "reference"], name="article_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(retired_at=None) | Q(current=None), name="article_retired_is_not_read"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("knowledge:article", args=[self.number])


class ArticleVersion(models.Model):
    """The words of an article as one person wrote and another, who knows the matter, reviewed them. A published one is never changed."""

    TRANSITIONS = TRANSITIONS

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    title = models.CharField(_("title"), max_length=120)
    symptom = models.TextField(_("symptom"), validators=LONG, help_text=_("What somebody sees who looks for this."))
    cause = models.TextField(_("cause"), validators=LONG, blank=True)
    solution = models.TextField(_("solution"), validators=LONG)
    equipment_model = models.CharField(_("equipment model"), max_length=120, blank=True)
    keywords = models.CharField(
        _("keywords"), max_length=200, blank=True, help_text=_("Other words for it, with spaces between.")
    )
    changes = models.PositiveSmallIntegerField(default=0)
    author = _who(_("written by"))
    written_at = models.DateTimeField(_("written at"))
    reviewed_by = _who(_("reviewed by"), null=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    remark = models.TextField(_("the reviewer's remark"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("version of an article")
        indexes = [models.Index(fields=["written_at", "id"], name="article_waiting", condition=Q(state="asked"))]
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="article_version_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(state__in=["draft", "asked", "sent_back"]), name="article_one_open_version",
                violation_error_message=_("Somebody is writing a new version already."),
            ),
            models.UniqueConstraint(fields=["article"], condition=Q(state="published"), name="article_one_published_version"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("author")),
                name="article_not_reviewed_by_its_author",
                violation_error_message=_("Nobody reviews an article of one's own."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "replaced"]) | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="article_published_as_reviewed",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.article_id} v{self.version}"

    @property
    def is_open(self):
        return self.state in VersionState.OPEN


class ArticleWord(models.Model):
    """A word under which a published article is found; `words.py` says which, `indexing.py` keeps them."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=20)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "word"], name="article_word_once")]
        indexes = [models.Index(fields=["word", "-weight", "-article"], name="article_word")]

    def __str__(self):
        return self.word
