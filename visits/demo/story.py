"""One visit of the demo, played through the same actions that people use, up to the state it has today."""

import datetime
import hashlib
import math

from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.base.ids import uuid7
from conduct.checklists.queries import all_questions
from conduct.outbox import actions as outbox
from conduct.outbox.models import Delivery
from conduct.rules.models import Rule
from visits.escalations import actions as escalations
from visits.followup import actions as followup
from visits.orders import actions as orders
from visits.orders.models import WorkOrder
from visits.papers import actions as papers
from visits.papers.models import Paper
from visits.records import actions as records
from visits.records.judging import checklist_of
from visits.records.queries import record_of, shown_by_product
from visits.schedule import actions as schedule
from visits.signoff import actions as signoff
from visits.signoff.models import Kind
from visits.signoff.queries import next_statement
from visits.signoff.statement import digest

from . import changes, needs, texts, training
from .channel import DemoChannel
from .remains import settle
from .sheet import photographed

MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
# How far a visit of this fate is played.
SIGNED_WAYS = ("refused", "undelivered", "transcribed", "corrected")
PATH = ["planned", "proposed", "confirmed", "on_site", "finished", "signed", "called", "archived"]


class Story:
    def __init__(self, *, rng, staff, site, engineer, start, latest, fate, previous, render, sealer):
        self.rng, self.staff, self.site, self.engineer = rng, staff, site, engineer
        self.start, self.fate, self.previous = start, fate, previous
        self.latest = latest  # nobody was asked later than that: today's demo knows no tomorrow
        self.render, self.sealer = render, sealer
        self.job = rng.choice(texts.JOBS)
        if previous is None and rng.random() < 0.07:
            self.job = changes.JOB
        self.dispatcher, self.person = staff["chen"], engineer.staff
        self.visit = None
        self.partly = False

    def play(self):
        """The visit, as far as its fate goes."""
        asked = min(self.start - 3 * DAY, self.latest)
        self._plan(asked)
        if self.fate == "planned":
            return self.visit
        schedule.propose(visit=self.visit, by=self.dispatcher, at=asked)
        answer = getattr(self, f"_{self.fate}", None)
        if answer:
            answer(asked + 40 * MINUTE)
            return self.visit
        if self.fate != "proposed":
            schedule.confirm(visit=self.visit, by=self.person, at=asked + 55 * MINUTE)
        for step, act in (("on_site", self._work), ("finished", self._leave), ("signed", self._sign), ("called", self._call)):
            if self._reaches(step):
                act()
        if self.fate == "archived":
            followup.archive(visit=self.visit, by=self.dispatcher, at=self.start + 2 * DAY)
            if self.visit.record.all_done:
                orders.close(order=self.visit.order, by=self.dispatcher, at=self.start + 2 * DAY)
        return self.visit

    def _reaches(self, step):
        fate = "signed" if self.fate in SIGNED_WAYS else self.fate
        return fate in PATH and PATH.index(fate) >= PATH.index(step)

    # ---- the appointment
    def _plan(self, at):
        order = self.previous.order if self.previous else self._order(at)
        hours = self.rng.choice([2, 2, 3])
        self.visit = schedule.plan(
            order=order,
            engineer=self.engineer,
            identity_name=f"{self.person.name[0]}工",
            identity_capacity="远景公司现场工程师",
            planned_start=self.start,
            planned_end=self.start + datetime.timedelta(hours=hours),
            scope=list(order.scope.all()),
            previous=self.previous,
            by=self.dispatcher,
            at=at,
        )
        if self.job is changes.JOB:
            changes.prepare(visit=self.visit, staff=self.staff, at=at, signed=self.fate not in ("planned", "proposed"))

    @property
    def has_change(self):
        return hasattr(self.visit, "change_approval")

    def _order(self, at):
        fault, cause, traits, items, _action = self.job
        equipment = self.rng.sample(list(self.site.equipment.all()), 1)
        order = WorkOrder(
            site=self.site,
            contact=self.rng.choice(list(self.site.contacts.all())),
            reference=f"PO-{self.start:%y%m%d}-{self.site.number[-2:]}" if self.start.day % 3 == 0 else "",
            reported_fault=fault,
            symptom=texts.SYMPTOMS.get(fault, ""),
            stated_cause=cause,
            traits=traits,
            priority=self.rng.choice(["normal", "normal", "high", "low"]),
        )
        return orders.raise_order(order=order, equipment=equipment, scope=items, by=self.dispatcher, at=at - 2 * DAY)

    def _declined(self, at):
        code = self.rng.choice(["busy", "leave", "too_far"])
        schedule.decline(visit=self.visit, decline_code=code, by=self.person, at=at)

    def _countered(self, at):
        wished = self.start + DAY
        end = wished + (self.visit.planned_end - self.visit.planned_start)
        schedule.counter(
            visit=self.visit, counter_start=wished, counter_end=end, counter_note="当天另有任务", by=self.person, at=at
        )

    def _cancelled(self, at):
        schedule.cancel(visit=self.visit, cancel_reason="客户临时调整安排", by=self.dispatcher, at=at)

    def _missed(self, at):
        schedule.confirm(visit=self.visit, by=self.person, at=at)
        schedule.mark_missed(visit=self.visit, by=self.dispatcher, at=self.visit.planned_end + MINUTE)

    # ---- on site
    def _entry(self, kind, payload, at):
        kept, _new = records.add_entry(
            visit=self.visit,
            entry_id=self._id(at),
            kind=kind,
            payload=payload,
            device_at=at.isoformat(timespec="seconds"),
            clock={"device_offset_minutes": 480, "clock_offset_ms": self.rng.randint(-900, 900)},
            by=self.person,
            at=at,
        )
        if kind != "answer":  # an answer moves nothing
            self.visit.refresh_from_db()
        return kept

    def answers(self, *steps, at):
        """Everything that the rules ask before these steps."""
        asked = all_questions(checklist_of(self.visit, at=at))
        for step in steps:
            rows = asked.get(step, [])
            shown = shown_by_product(self.visit, record_of(self.visit).facts, rows)
            for place, question in enumerate(row for row in rows if row.rule.code not in shown):
                self._entry("answer", self._answer(question.rule), at + place * datetime.timedelta(seconds=7))

    def _answer(self, rule):
        payload = {"rule_code": rule.code, "answer": "yes", "note": texts.STATED if rule.evidence == "note" else ""}
        if rule.evidence not in (Rule.evidence.field.default, "note"):
            payload |= {
                "answer": "allowed_by", "allowed_name": "钱锋", "allowed_how": "电话", "allowed_why": "原件随后补传",
                "allowed_at": self.start.isoformat(timespec="minutes"),
            }  # fmt: skip
        elif rule.enforce == "check" and self.rng.random() < 0.02:
            payload |= {"answer": "no", "note": "现场条件不具备，已告知客户"}
        return payload

    def _step(self, step, at):
        self._entry("step", {"step": step}, at)

    def _work(self):
        late = self.rng.choice([-6, -3, 0, 2, 4, 5, 8, 9, 18, 35])
        self.arrived = self.start + late * MINUTE
        self.answers("set_out", at=self.start - 60 * MINUTE)
        self._step("set_out", self.start - 50 * MINUTE)
        if late > 15:
            notice = {"new_time": self._iso(self.arrived), "reason": "路上堵车"}
            self._entry("delay_notice", notice, self.start - 20 * MINUTE)
        self._entry("arrived", {"arrived_at": self._iso(self.arrived)}, self.arrived + MINUTE)
        begun = self.arrived + 6 * MINUTE
        self.answers("work", at=begun)
        self._step("work", begun + 2 * MINUTE)
        for place, step in enumerate(("enter_room", "operate", "start_training", "leave_room")):
            moment = begun + (3 + 4 * place) * MINUTE
            self.answers(step, at=moment)
            if all_questions(checklist_of(self.visit, at=moment)).get(step):
                self._step(step, moment + 2 * MINUTE)
        if self.has_change:
            self._change(begun + 22 * MINUTE)
        needs.ask(visit=self.visit, at=self.arrived + 34 * MINUTE, decided=self.fate != "on_site", staff=self.staff)
        if self.fate == "on_site":
            needs.put(visit=self.visit, at=self.arrived + 38 * MINUTE)

    def _change(self, at):
        """The change in production, begun after its gates; one that is under way today is not ended yet."""
        self.answers("start_change", at=at - 1 * MINUTE)
        for kind, payload, moment in changes.entries(self.visit, at, self._iso):
            if kind == "change_end":
                if self.fate == "on_site":
                    return
                self.answers("end_change", at=moment - datetime.timedelta(seconds=40))
            self._entry(kind, payload, moment)

    def _leave(self):
        at = self._train() if "training" in self.visit.traits else self.arrived + 40 * MINUTE
        items = list(self.visit.scope.order_by("position"))
        self.partly = len(items) > 1 and self.rng.random() < (0.5 if self.fate == "called" else 0.12)
        for item in items:
            at += 11 * MINUTE
            self._result(item, self.partly and item is items[-1], at)
        self._extras(at)
        gone = at + 14 * MINUTE
        self.answers("finish", at=gone - 2 * MINUTE)
        self._entry("departed", {"departed_at": self._iso(gone)}, gone)
        self.gone = gone

    def _train(self):
        """Two hours; everybody signs and is assessed, and only then the training is ended. Returns that moment."""
        since, until = self.arrived + 20 * MINUTE, self.arrived + 140 * MINUTE
        for kind, payload, moment, assessed in training.sheet(since, until, self._iso, self._strokes):
            kept = self._entry(kind, payload, moment)
            if assessed:
                self._entry("assessment", {"attendee": str(kept.pk), **assessed}, moment + datetime.timedelta(seconds=20))
        ended = until + 5 * MINUTE
        self.answers("end_training", at=ended)
        self._step("end_training", ended + MINUTE)
        return ended + MINUTE

    def _result(self, item, partly, at):
        payload = {
            "scope_item": item.position,
            "result": "partly" if partly else "done",
            "cause": self.visit.order.stated_cause if item.position == 1 else "",  # of a second visit as well: nobody contradicts headquarters
            "action": "备件未到，先行恢复业务" if partly else self.job[4],
            "prevention": self.rng.choice(texts.PREVENTION),
        }
        self._entry("result", payload, at)
        if partly:
            said = {"confirmed_name": "钱锋", "confirmed_at": self._iso(at), "confirmed_how": "电话"}
            self._entry("hq_confirmation", {"scope_item": item.position, **said}, at + MINUTE)
        if part := texts.PARTS.get(item.text):
            serials = {"old_serial": f"P{self.rng.randint(1000, 9999)}", "new_serial": f"P{self.rng.randint(10000, 99999)}"}
            count = {"quantity": 1, "stock_left": self.rng.randint(0, 8)}
            self._entry("part", {"name": part, **serials, **count}, at + 2 * MINUTE)

    def _extras(self, at):
        rng = self.rng
        if rng.random() < 0.35:
            self._entry("request", {"text": rng.choice(texts.REQUESTS)}, at + 3 * MINUTE)
        if rng.random() < 0.25:
            due = (at + 7 * DAY).date().isoformat()
            self._entry("promise", {"text": rng.choice(texts.PROMISES), "due": due}, at + 4 * MINUTE)
        if rng.random() < 0.2 or self.partly:
            self._entry("open_point", {"text": rng.choice(texts.OPEN_POINTS)}, at + 5 * MINUTE)
        if rng.random() < 0.06:
            self._entry("question", {"question_kind": "technical", "text": texts.QUESTION}, at + 6 * MINUTE)
            if self.fate != "finished":
                question = self.visit.site_questions.get()
                escalations.answer(question=question, answer=texts.ANSWER, by=self.staff["wu"], at=at + 9 * MINUTE)

    # ---- signature, paper, delivery, call
    def _sign(self):
        at = self.gone + 6 * MINUTE
        self.answers("sign", at=at)
        kept = self._transcribe(at) if self.fate == "transcribed" else self._hand_over(at)
        self._deliver(kept, at + 4 * MINUTE)
        self.visit.refresh_from_db()
        if self.fate == "corrected":
            self._correct(at + 180 * MINUTE)

    def _correct(self, at):
        """The customer asks for one more line; version 2 is signed the same day."""
        signoff.correct(visit=self.visit, reason="客户要求补记一项需求", by=self.dispatcher, at=at)
        self.visit.refresh_from_db()
        self._step("work", at + MINUTE)
        self._entry("request", {"text": texts.REQUESTS[0]}, at + 2 * MINUTE)
        self._entry("departed", {"departed_at": self._iso(self.gone)}, at + 3 * MINUTE)
        self._deliver(self._hand_over(at + 5 * MINUTE), at + 9 * MINUTE)
        self.visit.refresh_from_db()

    def _transcribe(self, at):
        """The laptop was flat: the sheet was signed by hand and photographed."""
        contact = self.visit.order.contact
        signer = {
            "signer_name": contact.name, "signer_position": contact.position, "signer_telephone": contact.telephone,
            "satisfaction": 4, "comment": "", "refusal_reason": "", "no_stamp_reason": "",
        }  # fmt: skip
        picture = photographed(self.visit.record_number, self._strokes(contact.name))
        scan = SimpleUploadedFile("sheet.jpg", picture, content_type="image/jpeg")
        return signoff.transcribe(
            visit=self.visit, scan=scan, signer=signer, signed_at=at, language="zh-hans",
            new_nonce=self._nonce, new_id=self._id, by=self.person, at=at + 3 * MINUTE,
        )  # fmt: skip

    def _hand_over(self, at):
        """The customer signs or refuses on the laptop. Returns the sign-off."""
        nonce = signoff.hand_over(visit=self.visit, new_nonce=self._nonce, by=self.person, at=at)
        self.visit.refresh_from_db()
        statement, _changes = next_statement(self.visit, language="zh-hans", nonce=nonce)
        refused = self.fate == "refused"
        contact = self.visit.order.contact
        package = {
            "kind": Kind.REFUSED if refused else Kind.SIGNED,
            "statement": statement,
            "sha256": digest(statement),
            "nonce": nonce,
            "strokes": None if refused else self._strokes(contact.name),
            "typed_name": "",
            "stamp": "",
            "no_stamp_reason": "" if refused else "公章在办公室，随后补盖",
            "signer_name": contact.name,
            "signer_position": contact.position,
            "signer_telephone": contact.telephone,
            "satisfaction": None if refused else self.rng.choice([5, 5, 5, 4, 4, 3]),
            "comment": "" if refused else self.rng.choice(texts.COMMENTS),
            "refusal_reason": self.rng.choice(texts.REFUSALS) if refused else "",
            "signed_at": at + 3 * MINUTE,
        }
        kept, _new = signoff.receive(visit=self.visit, package_id=self._id(at), package=package, by=self.person, at=at + 3 * MINUTE)
        return kept

    def _strokes(self, name):
        """A handwriting of sorts: smooth loops, one for each character, always other ones."""
        strokes, left, clock = [], 40, 0
        for _letter in range(len(name) + 1):
            a, b, c = self.rng.uniform(1, 3), self.rng.uniform(1, 3), self.rng.uniform(0, 6)
            points = []
            for place in range(34):
                angle = place / 33 * math.tau
                x = left + 38 + 34 * math.sin(a * angle + c)
                y = 105 + 48 * math.sin(b * angle) + self.rng.uniform(-1, 1)
                clock += 13
                points.append([round(x), round(y), clock, 500])
            strokes.append(points)
            left += 78
            clock += 160
        return {"width": 620, "height": 224, "strokes": strokes}

    def _deliver(self, sign_off, at):
        paper = Paper.objects.select_related("sign_off__visit", "sign_off__by").get(sign_off=sign_off)
        papers.make(paper=paper, render=self.render, sealer=self.sealer, at=at)
        luck = "undelivered" if self.fate == "undelivered" else self.rng.choice(["good"] * 8 + ["busy", "greylisted"])
        for delivery in Delivery.objects.filter(reference=paper.number, state="queued"):
            moment = at
            for _try in range(3):
                channel = DemoChannel(luck, first=_try == 0, kind=delivery.recipient_kind)
                outbox.carry(delivery=delivery, channel_of=lambda code, way=channel: way, now=lambda when=moment: when)
                moment += 4 * MINUTE

    def _call(self):
        at = self.start + DAY + 30 * MINUTE
        settle(visit=self.visit, staff=self.staff, at=self.gone + 120 * MINUTE, closed=self.fate == "archived")
        if self.rng.random() < 0.2:
            followup.note_attempt(visit=self.visit, outcome="no_answer", by=self.dispatcher, at=at - 60 * MINUTE)
        account = {
            "told_arrived_at": self.arrived + self.rng.choice([0, 0, 0, 25]) * MINUTE,
            "told_departed_at": self.gone,
            "content_as_agreed": True,
            "solved": not self.partly,
            "signed_personally": True,
            "did_more": False,
            "contact_left": False,
        }
        scores = {name: self.rng.choice([5, 5, 5, 4, 4, 3]) for name in ("punctuality", "skill", "manner", "result")}
        followup.record_call(
            visit=self.visit, account=account, scores=scores, comment=self.rng.choice(texts.COMMENTS), by=self.dispatcher, at=at
        )

    def _id(self, moment):
        return uuid7(moment, bits=self.rng.getrandbits)

    def _nonce(self):
        return f"{self.rng.getrandbits(128):032x}"

    def _iso(self, moment):
        return moment.isoformat(timespec="minutes")


def seed_of(*parts):
    """A whole number that is the same for the same parts on every machine."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, parts)).encode()).digest()[:8])
