"""The trail's codes in words. A code that is missing here is shown as it is stored; a test names it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VERBS = {
    "channel.tested": _("channel tested"), "company.changed": _("company data changed"),
    "contact.added": _("contact added"), "contact.changed": _("contact changed"),
    "customer.created": _("customer entered"), "customer.changed": _("customer changed"),
    "site.created": _("site entered"), "site.changed": _("site changed"),
    "equipment.created": _("equipment entered"), "equipment.changed": _("equipment changed"),
    "delivery.queued": _("delivery put on its way"), "delivery.confirmed": _("delivery confirmed"),
    "delivery.failed": _("delivery failed"), "delivery.again": _("sent again"), "delivery.arrived": _("noted as arrived"),
    "delivery.cancelled": _("delivery cancelled"),
    "edition.published": _("edition of the code of conduct published"),
    "engineer.changed": _("engineer's data changed"), "engineer.certificate_added": _("certificate added"),
    "engineer.certificate_removed": _("certificate removed"), "staff.taken_on": _("person taken on"),
    "staff.changed": _("person's data changed"), "staff.settings_changed": _("language or time zone changed"),
    "entry.set_aside": _("entry set aside"),
    "follow_up.attempt": _("customer not reached by telephone"), "follow_up.reached": _("customer called back"),
    "notice.not_mailed": _("notice could not be mailed"),
    "order.raised": _("work order raised"), "order.opened": _("work order opened"), "order.changed": _("work order changed"),
    "order.closed": _("work order closed"), "order.cancelled": _("work order cancelled"),
    "paper.sealed": _("service report sealed"), "paper.failed": _("service report failed"),
    "question.asked": _("question asked from the site"), "question.answered": _("question answered"),
    "rule.reported": _("exception to a rule reported"),
    "signing.handed_over": _("laptop handed to the customer"), "signing.marked": _("signature stored with a doubt"),
    "signing.accepted": _("signature accepted"), "signing.set_aside": _("signature set aside"),
    "signing.stamped_copy": _("stamped copy added"),
    "visit.planned": _("visit planned"), "visit.proposed": _("visit proposed"), "visit.confirmed": _("visit accepted"),
    "visit.countered": _("another time asked for"), "visit.counter_accepted": _("other time agreed to"),
    "visit.declined": _("visit declined"), "visit.cancelled": _("visit cancelled"), "visit.missed": _("nobody came"),
    "visit.arrived": _("arrived on site"), "visit.finished": _("left the site"), "visit.resumed": _("work resumed"),
    "visit.signed": _("record signed"), "visit.refused": _("signature refused by the customer"),
    "visit.corrected": _("record opened for correction"), "visit.archived": _("visit archived"),
    "visit.delivery_settled": _("receipt of headquarters"),
}  # fmt: skip
KEYS = {
    "reason": _("reason"), "sha256": _("check code"), "version": _("version"), "name": pgettext_lazy("thing", "name"),
    "visit": _("visit"), "scope": _("scope items"), "record_number": _("record"), "plan_version": _("version of the plan"),
    "note": _("note"), "kind": _("kind"), "channel": _("channel"), "about": _("about"), "time_zone": _("time zone"),
    "still_there": _("still there"), "step": _("step"), "state": _("state"), "start": pgettext_lazy("time", "from"),
    "rules": _("rules"), "rule": _("rule"), "recipient": _("recipient"), "problem": _("problem"), "outcome": _("outcome"),
    "order": _("work order"), "marks": _("doubts"), "language": _("language"), "entry": _("entry"), "engineer": _("engineer"),
    "discrepancies": _("differences"), "departed_at": _("departed"), "arrived_at": _("arrived"),
    "standing": _("standing"), "agreed_fee": _("agreed fee"), "given": _("roles given"),
    "consent_edition": _("consent wording"), "code": _("code"), "answer": _("answer"),
}  # fmt: skip
