"""A dispatcher, engineers and customers who do something at random, through the product's own actions."""

import datetime
import random

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.files.actions import store_bytes
from conduct.outbox import actions as outbox
from conduct.outbox.channels.base import Receipt
from conduct.outbox.models import Delivery
from conduct.tally import actions as tally
from tests.factories import visits as make
from visits.delivery import actions as delivery
from visits.followup import actions as followup
from visits.orders.models import WorkOrder
from visits.orders.states import Symptom
from visits.papers.models import Paper
from visits.schedule import actions as schedule
from visits.schedule.models import Visit
from visits.signoff import actions as signoff
from visits.yardsticks import actions as yardsticks
from visits.yardsticks.models import Yardstick

DAY, HOUR, MINUTE = datetime.timedelta(days=1), datetime.timedelta(hours=1), datetime.timedelta(minutes=1)


class Taken:
    """A channel that takes everything."""

    def send(self, parcel, point_of_no_return):
        point_of_no_return()
        return Receipt(final=True, code="250")


class Office:
    """One person at a keyboard. Several may share the same visits; who comes second is refused and does something else."""

    def __init__(self, seed, *, dispatcher, engineers, sites, at, yardsticks=True):
        self.rng, self.dispatcher, self.changes_yardsticks = random.Random(seed), dispatcher, yardsticks
        self.engineers, self.sites, self.at = engineers, sites, at
        self.done = 0

    def act(self):
        """One thing, whatever can be done now. Counts what was not refused."""
        self.at += self.rng.choice([3, 20, 60]) * MINUTE
        deed = self.rng.choice([self.plan, self.go_on, self.go_on, self.go_on, self.go_on, self.look_back, self.tidy])
        try:
            deed()
            self.done += 1
        except DomainError:
            pass

    def plan(self):
        place = self.rng.choice(self.sites)
        work = self._any(WorkOrder.objects.filter(site=place, state="open"))
        if work is None or self.rng.random() < 0.6:
            symptom = self.rng.choice(["", Symptom.SLOW, Symptom.DEAD])
            work = make.order(self.dispatcher, self.at, place, scope=["检查"], symptom=symptom)
        start = self.at + self.rng.randint(1, 200) * HOUR
        visit = make.planned(self.dispatcher, self.at, self.rng.choice(self.engineers), start=start, work=work)
        schedule.propose(visit=visit, by=self.dispatcher, at=self.at)

    def go_on(self):
        visit = self._one(exclude=["archived", "cancelled", "declined", "missed"])
        if visit:
            getattr(self, f"_{visit.state}")(visit)

    def _one(self, **terms):
        rows = Visit.objects.select_related("order__site", "order__customer", "order__contact", "engineer__staff")
        rows = rows.exclude(state__in=terms["exclude"]) if "exclude" in terms else rows.filter(**terms)
        return self._any(rows)

    def _any(self, rows):
        """One of them, the same for the same seed."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.filter(pk=self.rng.choice(keys)).first() if keys else None

    def _planned(self, visit):
        schedule.propose(visit=visit, by=self.dispatcher, at=self.at)

    def _proposed(self, visit):
        deed = self.rng.choice(["confirm"] * 6 + ["decline", "counter", "cancel"])
        staff = visit.engineer.staff
        if deed == "confirm":
            schedule.confirm(visit=visit, by=staff, at=self.at)
        elif deed == "decline":
            schedule.decline(visit=visit, decline_code="busy", by=staff, at=self.at)
        elif deed == "cancel":
            schedule.cancel(visit=visit, cancel_reason="客户改期", by=self.dispatcher, at=self.at)
        else:
            start = self.at + self.rng.randint(24, 900) * HOUR
            schedule.counter(visit=visit, counter_start=start, counter_end=start + HOUR, by=staff, at=self.at)

    def _countered(self, visit):
        schedule.accept_counter(visit=visit, by=self.dispatcher, at=self.at)

    def _confirmed(self, visit):
        arrived = visit.planned_start + self.rng.randint(-20, 40) * MINUTE
        self.at = moment = max(arrived, self.at)
        make.answer_all(visit, "set_out", moment)
        make.enter(visit, "step", {"step": "set_out"}, moment)
        make.enter(visit, "arrived", {"arrived_at": make.iso(arrived), "odd_time_reason": "堵车"}, moment)

    def _on_site(self, visit):
        departed = visit.record.arrived_at + self.rng.randint(20, 700) * MINUTE
        self.at = moment = max(departed, self.at)
        make.answer_all(visit, "work", moment)
        for item in visit.scope.all():
            make.enter(visit, "result", {"scope_item": item.position, "result": "done", "action": "已处理"}, moment)
        make.answer_all(visit, "finish", moment)
        make.enter(visit, "departed", {"departed_at": make.iso(departed), "odd_time_reason": "加班"}, moment)
        make.answer_all(visit, "sign", moment)

    def _finished(self, visit):
        self.at = moment = max(visit.record.departed_at, self.at) + MINUTE
        kind = "refused" if self.rng.random() < 0.1 else "signed"
        package = make.package(visit, moment, kind=kind, refusal_reason="不认可" if kind == "refused" else "")
        package["strokes"] = None if kind == "refused" else self._strokes()
        signoff.receive(visit=visit, package_id=uuid7(moment), package=package, by=visit.engineer.staff, at=moment)

    def _strokes(self):
        points = [[self.rng.randint(0, 400), self.rng.randint(0, 200), n * 10, 500] for n in range(30)]
        return {"width": 400, "height": 200, "strokes": [points]}

    def _signed(self, visit):
        if self.rng.random() < 0.08:
            signoff.correct(visit=visit, reason="补记", by=self.dispatcher, at=self.at)
        elif self.rng.random() < 0.6:
            self._send(visit)
        else:
            self._call(visit)

    _refused = _signed

    def _send(self, visit):
        """The paper without its pages: what is counted is its way."""
        paper = Paper.objects.filter(sign_off__visit=visit).order_by("-version").first()
        if not Delivery.objects.filter(paper_delivery__paper=paper).exists():
            facts = {"name": "x.pdf", "content_type": "application/pdf", "kind": "paper"}
            paper.file = store_bytes(data=b"%PDF-1.7", by=None, at=self.at, **facts)
            delivery.send_paper(paper=paper, mail_channels=["mail_folder"], fax_channels=["fax_folder"], at=self.at)
        moment = max(self.at, paper.sign_off.signed_at) + self.rng.randint(1, 300) * MINUTE
        for row in Delivery.objects.filter(paper_delivery__paper=paper, state="queued")[: self.rng.randint(1, 2)]:
            outbox.carry(delivery=row, channel_of=lambda code: Taken(), now=lambda: moment)

    def _call(self, visit):
        account = {
            "told_arrived_at": visit.record.arrived_at + self.rng.choice([0, 30]) * MINUTE, "told_departed_at": None,
            "content_as_agreed": True, "solved": True, "signed_personally": True,
        }  # fmt: skip
        scores = {name: self.rng.choice([None, 3, 4, 5]) for name in ("punctuality", "skill", "manner", "result")}
        followup.record_call(visit=visit, account=account, scores=scores, by=self.dispatcher, at=self.at)

    def look_back(self):
        visit = self._one(state="signed")
        if visit and self.rng.random() < 0.1:
            signoff.correct(visit=visit, reason="补记", by=self.dispatcher, at=self.at)
        elif visit:
            self._call(visit)

    def tidy(self):
        if self.changes_yardsticks and self.rng.random() < 0.3:
            figures = {"punctual_minutes": self.rng.choice([5, 10, 15]), "repeat_days": self.rng.choice([3, 14, 30])}
            yardsticks.change(
                yardstick=Yardstick(**figures, home_by=self.rng.choice([18, 19]), reason="调整"), by=self.dispatcher, at=self.at
            )
        else:
            tally.fold()
