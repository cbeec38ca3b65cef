"""The places where an early stage starts a late one. Each has exactly one listener; the README lists them."""

import sys

from django.dispatch import Signal

access_withdrawn = Signal()
agreement_changed = Signal()
question_asked = Signal()
remote_help_asked = Signal()
promise_noted = Signal()
point_noted = Signal()
delivery_of_item_noted = Signal()
record_closed = Signal()
paper_sealed = Signal()
delivery_settled = Signal()
approval_settled = Signal()
purchase_settled = Signal()
slip_posted = Signal()


def send_to_one(signal, *, sender, origin=None, **facts):
    """Call the one listener of `signal` in this transaction; an error in it undoes the transaction.

    Listeners of `delivery_settled`, `approval_settled` and `purchase_settled` connect with `sender=<origin>` (a paper, a pack, a purchase),
    because each origin has a listener of its own. Raises LookupError when there is not exactly one.
    """
    # Signals know their senders by identity; a text from the database is another object than the constant.
    key = sys.intern(origin) if origin else sender
    listeners = signal._live_receivers(key)[0]
    if len(listeners) != 1:
        raise LookupError(f"{len(listeners)} listeners for {key!r}, expected one")
    signal.send(sender=key, **facts)
