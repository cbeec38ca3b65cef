"""What a company starts with: days ahead, and what is checked before a room is ready."""

from django.utils.translation import gettext as _

from .states import JobKind


def first_checks():
    """{kind: [what is checked, …]} in the active language."""
    machines = [
        _("Every computer starts and signs in"),
        _("Projector, screen and sound work"),
        _("Network reaches what it has to"),
    ]
    software = [_("Software of the standard is installed in its version"), _("Licences are valid beyond the last lesson")]
    exam = [
        _("Exam software is installed and was tried out with a test paper"), _("Spare computers stand ready"),
        _("Clocks of all computers agree"), _("What candidates may not use is locked"),
    ]  # fmt: skip
    power = [_("Emergency power was tested"), _("The room is locked after the check, and who has the key is known")]
    return {
        JobKind.COURSE.value: [*software, *machines],
        JobKind.EXAM.value: [*machines, *exam],
        JobKind.MIDTERM.value: [*machines, *exam, power[1]],
        JobKind.FINAL.value: [*machines, *exam, *power],
    }
