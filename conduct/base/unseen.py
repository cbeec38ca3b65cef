"""Nobody writes over what he has not seen: a form carries along what stood in its row, and is told what became of it meanwhile."""

import hashlib

from django import forms
from django.template.defaultfilters import yesno
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .access import get_or_404
from .errors import ForbiddenMove

SEEN, GONE = "seen", "gone"


class Unseen(ForbiddenMove):
    """Somebody else wrote into the row, or took it out, since whoever writes opened it."""


class SeenForm:
    """For a ModelForm of a row that several people write. Its action calls `refuse_unseen` with `seen`, and `act` shows what came of it.

    Who was told means it when saving once more; a row that was taken out is then entered anew.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk or self.data.get(SEEN):
            self.fields[SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self._marks(self.instance))

    @property
    def seen(self):
        return self.cleaned_data.get(SEEN, "")

    def _marks(self, row):
        own = {field.name for field in row._meta.concrete_fields}
        return " ".join(f"{name}:{_mark(row, name)}" for name in self._meta.fields if name in own)

    def look_again(self):
        held = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        if held is None:
            self.instance.pk, self.instance._state.adding = None, True
        self.data = self.data.copy()
        self.data[SEEN] = self._marks(held) if held else GONE

    def clean(self):
        data = super().clean()
        if self.instance.pk is None and self.data.get(SEEN, GONE) != GONE:
            self.add_error(None, _gone())
            self.look_again()
        return data


class SeenLine:
    """For a form about something as a whole, whose changes are lines of the trail: `newest()` is the id of the last one, or None.

    Its action compares `seen` with it and raises Unseen, and `act` shows what came of it.
    """

    def add_seen(self):
        self.fields[SEEN] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=self.newest)

    def look_again(self):
        self.data = self.data.copy()
        self.data[SEEN] = self.newest()


def row_or_fresh(request, rows, fresh, **which):
    """The row, or `fresh` for one that was taken out while its form was open. 404 for what no open form speaks of."""
    if request.POST.get(SEEN):
        return rows.filter(**which).first() or fresh
    return get_or_404(rows, **which)


def refuse_unseen(row, seen, events):
    """Under the row's lock, before it is written. `events` are the trail's lines of such changes, newest first, by the row as it stands now.

    Raises Unseen when the row is gone, or when a field that was changed since `seen` is about to be written over.
    """
    if not seen or not row.pk:
        return
    held = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise Unseen(_gone())
    marks = dict(mark.split(":") for mark in seen.split() if mark.count(":") == 1)
    fields = [field for field in row._meta.concrete_fields if marks.get(field.name, _mark(held, field.name)) != _mark(held, field.name)]
    if lost := [field for field in fields if field.value_from_object(held) != field.value_from_object(row)]:
        last = events(held).first()
        facts = {"who": (last and last.by_name) or _("Somebody else"), "what": _("; ").join(_now(held, field) for field in lost)}
        raise Unseen(_("%(who)s wrote here after you had opened it. Now it says: %(what)s. What you typed stands here; saving once more writes it.") % facts)


def _mark(row, name):
    value = row._meta.get_field(name).value_from_object(row)
    return hashlib.sha256(str(value).encode()).hexdigest()[:12]


def _now(held, field):
    said = getattr(held, f"get_{field.name}_display", lambda: getattr(held, field.name))()
    if isinstance(said, bool):
        said = yesno(said)
    return _("%(field)s “%(now)s”") % {"field": capfirst(field.verbose_name), "now": "–" if said in (None, "") else said}


def _gone():
    return _("Somebody took this out after you had opened it. What you typed stands here; saving once more enters it anew.")
