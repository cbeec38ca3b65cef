from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class ChangeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("production change", "being prepared")
    ASKED = "asked", pgettext_lazy("production change", "waits for our approval")
    APPROVED = "approved", pgettext_lazy("production change", "waits for the customer's signature")
    READY = "ready", pgettext_lazy("production change", "approved by both sides")
    RUNNING = "running", pgettext_lazy("production change", "under way")
    DONE = "done", pgettext_lazy("production change", "tests passed")
    ROLLED_BACK = "rolled_back", pgettext_lazy("production change", "rolled back")
    ACCEPTED = "accepted", pgettext_lazy("production change", "accepted in writing despite a failed test")
    WITHDRAWN = "withdrawn", pgettext_lazy("production change", "withdrawn")

    ENDED = nonmember({"done", "rolled_back", "accepted"})
    EDITABLE = nonmember({"draft", "withdrawn"})


class Outcome(models.TextChoices):
    """How a production change ends. A failed test afterwards has two ways out, and no third."""

    PASSED = "passed", pgettext_lazy("production change", "every test afterwards passed")
    ROLLED_BACK = "rolled_back", pgettext_lazy("production change", "a test failed: rolled back")
    ACCEPTED = "accepted", pgettext_lazy("production change", "a test failed: the technical manager consents in writing")


class StepResult(models.TextChoices):
    """What became of one step of the runbook."""

    DONE = "done", pgettext_lazy("runbook step", "done")
    FAILED = "failed", pgettext_lazy("runbook step", "failed")
    UNDONE = "undone", pgettext_lazy("runbook step", "undone")
    SKIPPED = "skipped", pgettext_lazy("runbook step", "left out, not needed")


S = ChangeState
AFTER = {Outcome.PASSED: S.DONE, Outcome.ROLLED_BACK: S.ROLLED_BACK, Outcome.ACCEPTED: S.ACCEPTED}
# From draft and asked straight to ready leads the emergency's way alone; a withdrawn form can be taken up again.
TRANSITIONS = {
    S.DRAFT: {S.ASKED, S.READY, S.WITHDRAWN},
    S.ASKED: {S.APPROVED, S.DRAFT, S.READY, S.WITHDRAWN},
    S.APPROVED: {S.READY, S.DRAFT, S.WITHDRAWN},
    S.READY: {S.RUNNING, S.WITHDRAWN},
    S.RUNNING: {S.DONE, S.ROLLED_BACK, S.ACCEPTED},
    S.WITHDRAWN: {S.DRAFT, S.READY},
    **{state: set() for state in S.ENDED},
}
