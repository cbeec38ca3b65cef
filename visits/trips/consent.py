"""Who agrees to a return: the line manager and the executive in charge. Pure: people in, who is asked out."""

from conduct.people.access import Role

LINE, EXECUTIVE = "return_line", "return_executive"


def who_consents(staff):
    """[(kind, {"asked_of": person} or {"asked_of_role": role}), …]: two, or one where the same is both.

    Where nobody is named, or somebody who has left, the head of the department or whoever is manager stands in.
    """
    head = staff.department.head if staff.department_id else None
    line = _first(staff, staff.line_manager, head)
    executive = _first(staff, staff.executive)
    return [(LINE, line), (EXECUTIVE, executive)] if line != executive else [(LINE, line)]


def _first(staff, *people):
    person = next((one for one in people if one and one.is_active and one.pk != staff.pk), None)
    return {"asked_of": person} if person else {"asked_of_role": Role.MANAGER}
