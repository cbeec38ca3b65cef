"""Who is told of a ticket, in the application and by the one e-mail that follows."""

from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role


def tell_triagers(ticket, code, *, at, once=None, **facts):
    _tell(ticket, code, people_with_role(Role.TRIAGER), at, once, facts)


def tell_managers(ticket, code, *, at, once=None, **facts):
    _tell(ticket, code, people_with_role(Role.MANAGER), at, once, facts)


def tell_technician(ticket, code, *, at, once=None, **facts):
    """Who repairs it; nobody while it is nobody's."""
    if ticket.assigned_to:
        _tell(ticket, code, [ticket.assigned_to], at, once, facts)


def tell_reporter(ticket, code, *, at, **facts):
    """A reporter of our own staff. Others have their private link."""
    if ticket.reporter:
        _tell(ticket, code, [ticket.reporter], at, None, facts)


def tell_people(ticket, code, people, *, at, once=None, **facts):
    _tell(ticket, code, people, at, once, facts)


def _tell(ticket, code, people, at, once, facts):
    tell(to=people, code=code, url=ticket.get_absolute_url(), about=ticket.number, once=once, at=at, **facts)
