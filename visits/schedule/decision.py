"""May this person do that job at that time? Asked before the drop, and again in the transaction that writes."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.people.models import Engineer
from conduct.trail import actions as trail

from .booking import refuse_overlap
from .conflict_words import words
from .conflicts import conflicts
from .gathering import calendar_at, declines, job_of, persons, world
from .moving import contribute
from .queries import open_visits, planned_last

FIELDS = {"overlap": "planned_start", "barred": "engineer", "certificate": "engineer", "no_capacity": "engineer"}


class Conflicted(DomainError):
    """The plan says no (`hard`), or asks for a reason. `found` are all conflicts, worst first."""

    def __init__(self, engineer, found):
        self.found, self.hard = found, found[0].hard
        sentences = "; ".join(words(conflict) for conflict in found if conflict.hard == self.hard)
        pattern = _("%(engineer)s: %(conflicts)s.") if self.hard else _("%(engineer)s: %(conflicts)s. Say why it is right all the same.")
        field = FIELDS.get(found[0].code, "planned_start") if self.hard else "reason"
        super().__init__(pattern % {"engineer": engineer, "conflicts": sentences}, field=field)


def assess(*, order, engineer, start, end, besides=None, at):
    """Every conflict of the place, worst first; nothing is written."""
    return assess_all(order=order, engineers=[engineer], start=start, end=end, besides=besides, at=at)[engineer.pk]


def assess_all(*, order, engineers, start, end, besides=None, at):
    """{engineer's pk: conflicts, worst first} of the same time; as many queries for one as for all."""
    calendar = calendar_at(order)
    job, around = job_of(order, calendar), world(at, calendar)
    people = persons(engineers, start, end, zone=ZoneInfo(order.site.time_zone), besides=besides)
    declined = declines([order.pk], list(people))
    return {
        pk: conflicts(job, replace(person, declined_at=declined.get((order.pk, pk))), start, end, around)
        for pk, person in people.items()
    }


def decide(*, order, engineer, start, end, reason="", besides=None, at):
    """Assess under the engineer's lock, so that the answer holds until the transaction ends. Returns the soft conflicts.

    Raises AlreadyBooked, Conflicted for a hard one, and for soft ones without a reason. (SQLite's transactions are alone anyway.)
    """
    Engineer.objects.select_for_update(no_key=True).filter(pk=engineer.pk).values_list("pk").get()
    refuse_overlap(engineer, start, end, besides)  # says who was faster
    return look(order=order, engineer=engineer, start=start, end=end, reason=reason, besides=besides, at=at)


def look(*, order, engineer, start, end, reason="", besides=None, at):
    """Like `decide` without the lock: who is refused here need not wait in the queue of those who write."""
    found = assess(order=order, engineer=engineer, start=start, end=end, besides=besides, at=at)
    if found and (found[0].hard or not reason.strip()):
        raise Conflicted(engineer, found)
    return found


def decide_again(visit, engineer, start, end, reason, at):
    """`decide` for a visit that exists and leaves its present place."""
    return decide(order=visit.order, engineer=engineer, start=start, end=end, reason=reason, besides=visit, at=at)


def refuse_planned(order, known):
    """Raises ForbiddenMove that says who was faster, when visits stand for `order` that are not among the numbers `known`.

    None knows of all: who asks from a page that shows the order's visits.
    """
    if known is None:
        return
    news = open_visits(order).exclude(number__in=known).select_related("engineer__staff").first()
    if news is None:
        return
    last = planned_last(news)
    raise ForbiddenMove(
        _(
            "This page was older than the plan. %(who)s planned %(visit)s for this order at %(at)s: %(engineer)s, %(start)s–%(end)s. "
            "Nothing was changed; plan again if it needs another visit."
        )
        % {
            "who": last.by or _("the system"), "visit": news.number, "at": f"{timezone.localtime(last.at):%H:%M}",
            "engineer": news.engineer, "start": f"{timezone.localtime(news.planned_start):%m-%d %H:%M}",
            "end": f"{timezone.localtime(news.planned_end):%H:%M}",
        }  # fmt: skip
    )


def overrule(visit, found, reason, by, at):
    """A reason stood against the soft conflicts `found`: noted, and each kind counted in the visit's month, instead of what was before."""
    codes = sorted({conflict.code for conflict in found})
    contribute(visit, "overruled", {f"overruled.{code}": 1 for code in codes})
    if codes and reason:
        trail.note(verb="visit.overruled", subject=visit, by=by, at=at, reason=reason.strip(), about=codes)
