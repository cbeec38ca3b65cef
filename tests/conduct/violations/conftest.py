import datetime

import pytest

from conduct.rules.models import Rule
from conduct.violations import actions

DAY = datetime.timedelta(days=1)
LATE_NOTICE, CONTACT, TIDY = "arrive.late_notice", "work.no_private_contact", "signoff.tidy"


def rule(code):
    return Rule.objects.get(code=code)


def raised(by, engineer, at, code=LATE_NOTICE, **facts):
    told = {"happened_on": at.date(), "text": "客户来电：迟到四十分钟，事先没有通知。"}
    return actions.raise_violation(engineer=engineer, rule=rule(code), by=by, at=at, **(told | facts))


def answered(by, engineer, at, **facts):
    violation = raised(by, engineer, at, **facts)
    actions.answer(violation=violation, answer="高架封路，手机没电。", by=engineer.staff, at=at + DAY)
    return violation


def ruled(by, engineer, at, *, ruler, outcome="warning", **facts):
    ruling = {name: facts.pop(name) for name in ("fee_cut", "barred_until") if name in facts}
    violation = answered(by, engineer, at, **facts)
    actions.rule_on(violation=violation, outcome=outcome, reason="未按规定报告。", by=ruler, at=at + DAY, **ruling)
    return violation


@pytest.fixture
def on_a_visit():
    """A breach on a thing that is paid for."""
    return {"origin": "visit", "reference": "V-2026-000001", "url": "/visits/V-2026-000001/", "has_fee": True}
