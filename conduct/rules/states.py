"""The vocabularies of the catalogue; codes are stored, words translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.people.access import Role


class Stage(models.TextChoices):
    BRIEF = "brief", _("principles")
    PREPARE = "prepare", _("preparing")
    ARRIVE = "arrive", _("arriving")
    WORK = "work", _("working on site")
    ROOM = "room", _("machine room")
    CHANGE = "change", _("production change")
    TRAINING = "training", _("training")
    SIGNOFF = "signoff", _("sign-off")
    AFTER = "after", _("after the visit")
    FOLLOWUP = "followup", _("follow-up")
    TRAVEL = "travel", _("travelling")
    TICKET = "ticket", _("repair tickets")
    STOCK = "stock", _("stock")
    MONTH = "month", _("month")
    OFFICE = "office", _("office")


class Step(models.TextChoices):
    """The steps of a visit that rules may guard, in the order of a visit."""

    SET_OUT = "set_out", pgettext_lazy("step", "set out")
    WORK = "work", pgettext_lazy("step", "begin work")
    ENTER_ROOM = "enter_room", pgettext_lazy("step", "enter the machine room")
    OPERATE = "operate", pgettext_lazy("step", "operate in the machine room")
    LEAVE_ROOM = "leave_room", pgettext_lazy("step", "leave the machine room")
    START_CHANGE = "start_change", pgettext_lazy("step", "start the production change")
    END_CHANGE = "end_change", pgettext_lazy("step", "end the production change")
    START_TRAINING = "start_training", pgettext_lazy("step", "start the training")
    END_TRAINING = "end_training", pgettext_lazy("step", "end the training")
    FINISH = "finish", pgettext_lazy("step", "finish work")
    SIGN = "sign", pgettext_lazy("step", "have the record signed")
    ARCHIVE = "archive", pgettext_lazy("step", "archive")


class Enforcement(models.TextChoices):
    GATE = "gate", _("gate")
    CHECK = "check", _("check")
    SYSTEM = "system", _("by the software")
    BRIEF = "brief", _("read and acknowledged")


class Evidence(models.TextChoices):
    NONE = "none", pgettext_lazy("evidence", "none")
    NOTE = "note", pgettext_lazy("evidence", "note")
    PHOTO = "photo", pgettext_lazy("evidence", "photo")
    FILE = "file", pgettext_lazy("evidence", "file")
    APPROVAL = "approval", pgettext_lazy("evidence", "approval")
    SIGNATURE = "signature", pgettext_lazy("evidence", "signature")


class Severity(models.TextChoices):
    MINOR = "minor", _("minor")
    MAJOR = "major", _("major")
    CRITICAL = "critical", _("critical")


class Trait(models.TextChoices):
    """What a visit is like; a rule's `when` names those that switch it on. The last two are derived, never ticked."""

    MACHINE_ROOM = "machine_room", _("machine room")
    PRODUCTION_CHANGE = "production_change", _("production change")
    TRAINING = "training", _("training")
    REPAIR = "repair", _("repair")
    GLOBAL_IMPACT = "global_impact", _("global impact")
    HAZARDOUS = "hazardous", _("hazardous")
    PROJECT = "project", _("project")
    OUTSTATION = "outstation", _("outstation contractor")
    TRIP = "trip", _("business trip")


def traits_in_words(traits):
    return ", ".join(str(dict(Trait.choices).get(trait, trait)) for trait in traits)


DERIVED = {Trait.OUTSTATION, Trait.TRIP}

# Who goes to customers reads every chapter; headquarters reads the principles and what holds in the office.
OFFICE_READS = frozenset({Stage.BRIEF, Stage.OFFICE})
READS_ALL = frozenset({Role.ENGINEER, Role.TECHNICAL_MANAGER})
READS_NOTHING = frozenset({Role.REPORTER})


def stages_to_read(roles):
    """The chapters whose principles somebody with these roles acknowledges, once an edition."""
    roles = set(roles) - READS_NOTHING
    return frozenset(Stage.values) if roles & READS_ALL else OFFICE_READS if roles else frozenset()
