"""Who decides on a purchase: people by name where there is one, else whoever holds a role. Never who asks."""

from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.people.access import Role

from .states import Decider


def chain_of(*, deciders, department, asker):
    """[{"person": key} or {"role": code}, …] for these decider codes, each once, in order.

    Where the asker would decide, the asker's line manager does, or the executive in charge, or the managers. Raises DomainError
    when the department has no head.
    """
    chain = []
    for code in deciders:
        link = _link(code, department, asker)
        if link not in chain:
            chain.append(link)
    return chain


def _link(code, department, asker):
    if code == Decider.DEPARTMENT_HEAD:
        if department.head is None:
            said = {"department": department}
            raise DomainError(_("%(department)s has no head yet who could approve. The administrator enters one.") % said)
        return _somebody(department.head, asker)
    if code == Decider.EXECUTIVE:
        return _somebody(asker.executive, asker)
    return {"role": Role.MANAGER.value}


def _somebody(person, asker):
    """The person; whoever is above the asker when it is the asker; the managers when that is nobody who works here."""
    above = (asker.line_manager, asker.executive) if person == asker else ()
    for one in (person, *above):
        if one is not None and one != asker and one.is_active:
            return {"person": one.pk}
    return {"role": Role.MANAGER.value}
