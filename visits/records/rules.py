"""The rules of the fields as the laptop reads them, and the sentences that it says: the same source, written down as JSON."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from conduct.privacy.patterns import for_the_laptop
from visits.changes.tokens import public_key

from .kinds import KINDS, MAX_ENTRIES
from .privacy import CUSTOMER_READS

# Every sentence that static/js/rules and static/js/records/judge.js say; tests/visits/records/test_rules.py holds both to this list.
SENTENCES = [
    gettext_noop("This kind of entry is not known."),
    gettext_noop("This field is not known."),
    gettext_noop("This is needed."),
    gettext_noop("A text was expected."),
    gettext_noop("At most %(max)d characters; this has %(length)d."),
    gettext_noop("A date and a time were expected."),
    gettext_noop("A date was expected."),
    gettext_noop("A whole number was expected."),
    gettext_noop("A number from 0 to %(max)d was expected."),
    gettext_noop("Choose one of the list."),
    gettext_noop("The file was not received yet."),
    gettext_noop("Choose a scope item."),
    gettext_noop("This record is closed or not open yet; nothing can be added."),
    gettext_noop("A record holds at most %(max)d entries."),
    gettext_noop("Note the arrival first."),
    gettext_noop("Work is finished. Resume work first to add to the record."),
    gettext_noop("This step happens by another entry."),
    gettext_noop("You have arrived already."),
    gettext_noop("The new time is not later than the planned one."),
    gettext_noop("The arrival lies after the departure."),
    gettext_noop("This is more than 12 hours from the planned time. If it is right, say why."),
    gettext_noop("The departure lies before the arrival."),
    gettext_noop("Work is paused. Note when it was resumed first."),
    gettext_noop("This is more than 24 hours after the arrival. If it is right, say why."),
    gettext_noop("This is outside of the agreed scope. Note it as a new need: headquarters decides before it is done."),
    gettext_noop("Needed, because it was decided by telephone."),
    gettext_noop("Headquarters stated another cause: “%(stated)s”. Ask it first, as a technical question; leave the cause empty until it has answered."),
    gettext_noop("There is an approval form for this visit already."),
    gettext_noop("This time is past."),
    gettext_noop("A production change needs its form, approved by us and signed by the customer. What was said by word of mouth can only be noted as asked."),
    gettext_noop("The production change has begun already."),
    gettext_noop("Locked outside of its window, %(start)s to %(end)s."),
    gettext_noop("The beginning is noted when it happens."),
    gettext_noop("The production change is not under way."),
    gettext_noop("This time lies in the future."),
    gettext_noop("Say why it is left out."),
    gettext_noop("Note first what was done, with its time. Steps without a word: %(steps)s."),
    gettext_noop("Needed, because a test failed and it stays as it is."),
    gettext_noop("Say what failed and what was undone."),
    gettext_noop("Say first how the production change ended."),
    gettext_noop("The approval on this laptop is not headquarters', or is for somebody or something else. Load the visit again."),
    gettext_noop("Not accounted for: %(items)s. What was carried in goes out again or stays, what was borrowed is given back."),
    gettext_noop("The training sheet is empty: note what was taught and who was there."),
    gettext_noop("Say first that the training has ended."),
    gettext_noop("Say first that you left the machine room."),
    gettext_noop("The training ends before it begins."),
    gettext_noop("The signature did not arrive whole. Please sign again."),
    gettext_noop("Please sign with your name; a dot is not enough."),
    gettext_noop("Work is paused already."),
    gettext_noop("The pause lies before the arrival."),
    gettext_noop("Needed, because consent was given: by whom, when and how."),
    gettext_noop("Work is not paused."),
    gettext_noop("Work was resumed before it was paused?"),
    gettext_noop("This time lies in the future. If it is right, say why."),
    gettext_noop("Choose an answer."),
    gettext_noop("Say why it does not apply."),
    gettext_noop("Say what is in the way."),
    gettext_noop("Only a gate needs headquarters' leave."),
    gettext_noop("Needed, because headquarters allowed an exception."),
    gettext_noop("This rule asks for a note."),
    gettext_noop("This rule asks for a photo."),
    gettext_noop("This rule asks for a file."),
    gettext_noop("This rule asks for a scan of the signed paper."),
    gettext_noop("Who signed it?"),
    gettext_noop("When was it signed?"),
    gettext_noop("Please look at the marked fields."),
    gettext_noop("; "),
    gettext_noop("First answer: %(rules)s"),
    gettext_noop("The entry that this one corrects is not part of this record."),
    gettext_noop("Say which entry is withdrawn."),
    gettext_noop("This rule is not asked here."),
    gettext_noop(
        "%(found)s is a private contact. Customers get none: give the hotline %(hotline)s; later remote help goes to the online engineer."
    ),
    gettext_noop("The customer knows %(real)s as “%(agreed)s”; write that name."),
]


def rules():
    kinds = {
        kind: {
            name: {
                "type": rule.type,
                "required": rule.required,
                "max": rule.max,
                "choices": [code for code, _name in rule.choices],
            }
            for name, rule in fields.items()
        }
        for kind, fields in KINDS.items()
    }
    contacts = {**for_the_laptop(), "customer_reads": CUSTOMER_READS}
    sentences = {text: _(text) for text in SENTENCES}
    key = public_key(settings.KEYS_DIR)
    return {"kinds": kinds, "max_entries": MAX_ENTRIES, "contacts": contacts, "sentences": sentences, "changes_key": key}
