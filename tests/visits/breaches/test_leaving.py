"""Away in the middle of a visit: with both consents a pause, without one a pause that is marked and that headquarters looks at."""

import pytest

from conduct.violations.models import Violation
from tests.factories import visits
from tests.factories.visits import HOUR, iso
from visits.breaches import actions
from visits.breaches.models import Watch
from visits.records.judging import Refused
from visits.records.queries import record_of

OURS = {"ours_name": "钱锋", "ours_at": "2026-11-24T12:30+08:00", "ours_how": "电话"}
THEIRS = {"theirs_name": "李喆主任", "theirs_at": "2026-11-24T12:35+08:00", "theirs_how": "当面"}


def leave(visit, **consents):
    moment = visit.planned_start + HOUR
    payload = {"at": iso(moment), "reason": "去库房取备件", **consents}
    return visits.enter(visit, "left_site", payload, moment)


def look(at):
    Watch.objects.update_or_create(pk=1, defaults={"read_until": at})
    actions.look(at=at + 48 * HOUR)
    return [violation.what for violation in Violation.objects.filter(rule__code="work.no_leaving", state="proposed")]


def test_with_both_consents_it_is_a_pause_that_the_customer_reads(client, on_site, chen, at):
    leave(on_site, **OURS, **THEIRS)
    back = on_site.planned_start + 2 * HOUR
    visits.enter(on_site, "resume", {"at": iso(back)}, back)

    assert [(row["reason"], row["to"]) for row in record_of(on_site).facts["pauses"]] == [("去库房取备件", iso(back))]
    client.force_login(chen)
    page = client.get(on_site.get_absolute_url()).content.decode()
    assert "去库房取备件 · 钱锋 · 李喆主任" in page and look(at) == []


@pytest.mark.parametrize(
    ("given", "whose"), [({}, "未经上级同意，也未经客户同意"), (THEIRS, "未经上级同意"), (OURS, "未经客户主管同意")]
)
def test_without_a_consent_it_is_taken_down_marked_and_looked_at(client, on_site, chen, at, given, whose):
    leave(on_site, **given)

    client.force_login(chen)
    assert 'class="text-danger">去库房取备件' in client.get(on_site.get_absolute_url()).content.decode()
    seen = look(at)
    assert len(seen) == 1 and seen[0].endswith(f"{whose}。") and look(at) == seen


def test_a_consent_is_who_when_and_how(on_site):
    with pytest.raises(Refused) as refused:
        leave(on_site, ours_name="钱锋", theirs_at=THEIRS["theirs_at"])
    assert set(refused.value.fields) == {"ours_at", "ours_how"}


def test_a_pause_on_site_needs_nobodys_consent(on_site, at):
    visits.enter(on_site, "pause", {"at": iso(on_site.planned_start + HOUR), "reason": "等待授权"}, on_site.planned_start + HOUR)
    assert look(at) == []
