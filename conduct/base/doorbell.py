"""Ringing for a Celery worker. The row is the ledger; a bell that nobody hears costs time, never the row."""

import threading

from celery import current_app
from django.db import transaction

_missed = threading.local()


def ring(task, pk):
    """Send `task` with the row's primary key once the transaction is committed.

    A function of its own, not a partial: Django logs the name of what failed, and a partial has none.
    """

    def send():
        try:
            current_app.send_task(task, args=[pk])
        except Exception:
            _missed.here = True
            raise

    transaction.on_commit(send, robust=True)


def take_missed():
    """Whether a bell was not heard in this thread since it was asked last."""
    missed, _missed.here = getattr(_missed, "here", False), False
    return missed
