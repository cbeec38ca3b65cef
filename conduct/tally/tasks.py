from celery import shared_task

from . import actions

ROUNDS = 20


@shared_task(name="tally.fold")
def fold():
    for _round in range(ROUNDS):
        if actions.fold() < actions.AT_ONCE:
            return
