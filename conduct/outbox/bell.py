from celery import current_app
from django.db import transaction


def ring(delivery):
    """Tell a courier once the row is committed. A dead Redis does no harm: the sweeper finds the row.

    A function of its own, not a partial: Django logs the name of what failed, and a partial has none.
    """

    def send():
        current_app.send_task("outbox.carry", args=[delivery.pk])

    transaction.on_commit(send, robust=True)
