from conduct.systems.actions import connect
from tests.rooms.who import ADMIN
from visits.hooks import actions

PAGES = {"list": ADMIN, "hook": ADMIN}
POST_ONLY = {"end", "again", "all_again"}
FACTS = {"url": "https://erp.example.com/hooks/", "events": ["order.changed"]}


class Anywhere:
    """A channel that would call any address."""

    def check_recipient(self, recipient):
        return None


def things(story):
    system, _token = connect(name="ERP", acts_for=story.chen, scopes=["orders:read"], per_minute=60, by=story.chen, at=story.at)
    hook, _secret = actions.subscribe(system=system, channel=Anywhere(), by=story.chen, at=story.at, **FACTS)
    return {"list.number": system.number, "hook.number": hook.number, "end.number": hook.number, "again.number": hook.number, "all_again.number": hook.number, "call_id": 0}
