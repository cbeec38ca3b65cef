"""The demo's people have read the code of conduct, each on the first days; two at headquarters are still at it."""

import datetime

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
