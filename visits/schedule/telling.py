"""Who hears what about an appointment: in the application, and by e-mail when it stays unread."""

from conduct.base.days import span
from conduct.notices.actions import tell


def asked(visit, at):
    """The engineer is asked for this time, for the first time or once more."""
    told(visit, "visit.asked" if visit.told_version == visit.plan_version else "visit.asked_again", at)


def told(visit, code, at, engineer=None):
    """The visit's engineer, or the one given who had it before."""
    _tell((engineer or visit.engineer).staff, visit, code, at)


def answered(visit, code, at):
    """Whoever made the plan hears what the engineer says to it."""
    last = visit.plan_versions.select_related("by").order_by("-version").first()
    if last and last.by:
        _tell(last.by, visit, code, at)


def _tell(person, visit, code, at):
    time = span(visit.planned_start, visit.planned_end, visit.order.site.time_zone)
    facts = {"customer": str(visit.order.customer), "time": time, "engineer": str(visit.engineer)}
    tell(to=person, code=code, about=visit.number, url=visit.get_absolute_url(), at=at, **facts)
