"""What the demo's people have read: the code of conduct, two at headquarters are still at it; and what they were told until lately."""

import datetime

from conduct.notices import actions as notices
from conduct.notices.models import Notice
from conduct.rules import actions
from conduct.rules.queries import current_edition, to_read

MINUTE = datetime.timedelta(minutes=1)
STILL_AT_IT = {"li": 5, "zheng": 11}


def read_the_briefing(staff, at):
    """`staff` is {user name: person}; the first rule is read at `at`, each next one a minute later."""
    edition = current_edition(at)
    for name, person in staff.items():
        rules = list(to_read(edition, person))[: STILL_AT_IT.get(name)]
        for place, rule in enumerate(rules):
            actions.acknowledge(rule=rule, by=person, at=at + place * MINUTE)


def read_the_notices(until):
    """Everybody has read what came before `until`, half an hour after it came."""
    for notice in Notice.objects.filter(at__lt=until, read_at=None).order_by("pk"):
        notices.read(notice=notice, at=notice.at + 30 * MINUTE)
