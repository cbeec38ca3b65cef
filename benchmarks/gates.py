#!/usr/bin/env python
"""Every gate and check of a visit with all traits judged, step by step, as the record page asks for it.

    [DATABASE_URL=…] python benchmarks/gates.py

Makes a database of its own (SQLite in a temporary folder, or the empty one of DATABASE_URL) with the product's catalogue and one
checklist that asks all of its gates and checks and as many more of the same as make 60, each answered, every tenth with a "no". Medians and 95th percentiles of 300 rounds; the
peer in the same run is one row read through the ORM. Limit of issue 6: 10 ms for a visit with 60 rules. Exit status 1 when it is passed.
"""

import datetime
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DATA_DIR"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conduct.checklists.actions import open_checklist
from conduct.checklists.models import Answer, Checklist
from conduct.checklists.queries import all_questions
from conduct.people.models import Staff
from conduct.rules.models import Edition, Rule

LIMIT, RULES, ROUNDS = 10, 60, 300


def checklist(at):
    """One that asks everything, every question answered."""
    call_command("load_rules", at=at, verbosity=0)
    edition, by = Edition.objects.get(), Staff.objects.create(username="wang", name="王磊", created_at=at)
    asked = Rule.objects.filter(edition=edition, enforce__in=["gate", "check"])
    for place, rule in enumerate(asked[: max(RULES - len(asked), 0)]):
        rule.pk, rule.code, rule.position = None, f"{rule.code}.more", 1000 + place
        rule.save(force_insert=True)
    asked = asked.all()
    traits = {trait for rule in asked for trait in rule.when}
    opened = open_checklist(edition=edition, traits=sorted(traits), subject="V-2026-000001", at=at)
    Answer.objects.bulk_create(
        Answer(checklist=opened, rule_code=rule.code, answer="yes" if place % 10 else "no", note="现场条件不具备", by=by, at=at)
        for place, rule in enumerate(asked)
    )
    return opened.pk, len(asked)


def evaluate(pk):
    """{step: the rules that still stop it} of a visit, from nothing in memory."""
    asked = all_questions(Checklist.objects.select_related("edition").get(pk=pk))
    return {step: [question.rule for question in rows if not question.lets_pass] for step, rows in asked.items()}


def timed(work):
    """Milliseconds of each round, sorted."""
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)


def main():
    call_command("migrate", verbosity=0)
    pk, rules = checklist(datetime.datetime.now(datetime.UTC))
    with CaptureQueriesContext(connection) as asked:
        stopped = evaluate(pk)
    ours, peer = timed(lambda: evaluate(pk)), timed(lambda: Checklist.objects.get(pk=pk))
    median = statistics.median(ours)
    print(f"{connection.vendor}: {rules} gates and checks before {len(stopped)} steps, {len(asked)} queries, load {os.getloadavg()[0]:.1f}")
    print(f"all of them judged   median {median:.2f} ms, p95 {ours[int(ROUNDS * 0.95)]:.2f} ms, limit {LIMIT} ms")
    print(f"one row by the ORM   median {statistics.median(peer):.2f} ms")
    return median > LIMIT


if __name__ == "__main__":
    sys.exit(main())
