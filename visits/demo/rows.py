"""The rows of one bulk visit as plain tuples, in the order of Maker.columns. Made for speed: texts are built once a day."""

import datetime
import hashlib
import json

from conduct.tally.grains import counters

STATE = {"visits": 1, "state.archived": 1}
RECORD = {
    "closed": 1,
    "arrived": 1,
    "on_time": 1,
    "first_time_fix": 1,
    "timed": 1,
    "minutes": 95,
    "planned_minutes": 120,
    "signed": 1,
}
DELIVERY = {"delivered": 1, "delivery_minutes": 2}
COLUMNS = {
    "visit": "id number record_number order_id engineer_id identity_name identity_capacity planned_start planned_end plan_version "
    "state traits edition_id decline_code decline_note counter_note cancel_reason confirmed_at created_at",
    "scope": "visit_id scopeitem_id",
    "entry": "id visit_id kind payload author_id device_at device_offset_minutes received_at plan_version sha256 state set_aside_reason",
    "record": "visit_id facts arrived_at departed_at minutes_on_site all_done entry_count closed_at",
    "sign_off": "id visit_id version kind marks statement sha256 nonce language typed_name signer_name signer_position "
    "signer_telephone satisfaction comment refusal_reason no_stamp_reason consent consent_edition signed_at received_at by_id "
    "settlement settled_reason",
    "paper": "id sign_off_id number version code state sha256 pages key_id asked_at sealed_at tries problem fence",
    "delivery": "id number origin reference subject body recipient_kind recipient channel channels state phase message_id "
    "remote_id reason detail tries queued_at settled_at pages fence",
    "link": "paper_id delivery_id",
    "posting": "kind number part day dimensions measures",
}
UTC = datetime.UTC
FIRST = 500_000  # numbers that the product's own series does not reach in a year


class Maker:
    def __init__(self, *, seed, first_ids, facts, company):
        self.seed, self.ids, self.company = seed, dict(first_ids), company
        self.orders, self.engineers, self.edition = facts["orders"], facts["engineers"], facts["edition"]
        self.columns = {name: text.split() for name, text in COLUMNS.items()}
        self.day, self.numbers, self.serial = None, {}, 0

    def visit(self, rows, tally, day, place_of_engineer, place):
        """Append the rows of one visit and count it."""
        if day != self.day:
            self._begin(day)
        engineer = self.engineers[place_of_engineer]
        order = self.orders[(day.toordinal() * 8 + place_of_engineer + self.seed) % len(self.orders)]
        number = self.numbers[day.year] = self.numbers.get(day.year, FIRST) + 1
        self.serial += 1
        visit_id, paper_id = self.ids["visit"], self.ids["paper"]
        self.ids["visit"] += 1
        self.ids["paper"] += 1
        visit, record = f"V-{day.year}-{number:06d}", f"VR-{day.year}-{number:06d}"
        times = self.times
        rows["visit"].append((
            visit_id, visit, record, order.pk, engineer.pk, "工程师", "现场工程师", times["start"], times["end"], 1, "archived",
            "[]", self.edition, "", "", "", "", times["created"], times["created"],
        ))  # fmt: skip
        item = order.scope.all()[0]
        rows["scope"].append((visit_id, item.pk))
        self._entries(rows, visit_id, engineer.staff_id)
        rows["record"].append((visit_id, self.facts, times["arrived"], times["departed"], 95, True, 8, times["signed"]))
        self._paper(rows, visit_id, paper_id, record, order, engineer.staff_id)
        self._deliveries(rows, paper_id, record)
        self._count(rows, tally, visit, day, {"engineer": engineer.number, "customer": order.site.customer.number})

    def _count(self, rows, tally, visit, day, dimensions):
        text = json.dumps(dimensions)
        for part, measures in (("record", RECORD), ("delivery", DELIVERY)):
            rows["posting"].append(("visit", visit, part, f"{day}", text, json.dumps(measures)))
        for *key, value in counters(day, STATE | RECORD | DELIVERY, dimensions):
            tally[tuple(key)] += value

    def _begin(self, day):
        """The texts that all visits of a day share."""
        self.day = day
        base = datetime.datetime.combine(day, datetime.time(1), UTC)
        minutes = {"created": -4320, "start": 0, "arrived": 3, "departed": 98, "end": 120, "signed": 104, "sent": 106}
        self.moments = {name: base + datetime.timedelta(minutes=count) for name, count in minutes.items()}
        self.times = {name: f"{moment:%Y-%m-%d %H:%M:%S}" for name, moment in self.moments.items()}
        self.milliseconds = int(base.timestamp() * 1000)
        arrived, departed = (f"{self.moments[name]:%Y-%m-%dT%H:%M}+00:00" for name in ("arrived", "departed"))
        self.payloads = [
            ("step", {"step": "set_out"}),
            ("arrived", {"arrived_at": arrived, "odd_time_reason": ""}),
            ("step", {"step": "work"}),
            ("result", {"scope_item": 1, "result": "done", "cause": "", "action": "已处理并测试", "prevention": ""}),
            ("part", {"name": "电源模块", "old_serial": "P1", "new_serial": "P2", "quantity": 1, "stock_left": 3}),
            ("note", {"text": "运行正常", "for_customer": True}),
            ("promise", {"text": "一周内提供报告", "due": day.isoformat()}),
            ("departed", {"departed_at": departed, "odd_time_reason": ""}),
        ]
        self.facts = json.dumps(self._facts(arrived, departed), ensure_ascii=False)
        self.entry_texts = [
            (kind, text := json.dumps(payload, ensure_ascii=False), hashlib.sha256(text.encode()).hexdigest())
            for kind, payload in self.payloads
        ]

    def _facts(self, arrived, departed):
        payloads = dict(self.payloads)
        lists = {name: [] for name in ("requests", "open_points", "photos", "delays", "questions", "pauses")}
        return {
            "arrived_at": arrived, "departed_at": departed, "steps": ["set_out", "work"], "results": {"1": payloads["result"]},
            "confirmations": {}, "parts": [payloads["part"]], "notes": [payloads["note"]], "promises": [payloads["promise"]], **lists,
        }  # fmt: skip

    def _uuid(self, place):
        """A version 7 id in hex: milliseconds, then the visit's serial number and a place."""
        return f"{self.milliseconds:012x}7{place:03x}8{self.serial:015x}"

    def _entries(self, rows, visit_id, author):
        device, received = self.times["arrived"], self.times["departed"]
        for place, (kind, text, sha256) in enumerate(self.entry_texts):
            rows["entry"].append(
                (self._uuid(place), visit_id, kind, text, author, device, 480, received, 1, sha256, "accepted", "")
            )

    def _paper(self, rows, visit_id, paper_id, record, order, author):
        statement = json.dumps(
            {"number": record, "language": "zh-hans", "scope": [], "site": {"time_zone": order.site.time_zone}}
        )
        sha256 = hashlib.sha256(statement.encode()).hexdigest()
        sign_off, signed = self._uuid(99), self.times["signed"]
        rows["sign_off"].append((
            sign_off, visit_id, 1, "signed", "[]", statement, sha256, sha256[:32], "zh-hans", "李喆", "李喆", "主任", "025-84421234",
            5, "", "", "公章外出", "同意", 1, signed, signed, author, "", "",
        ))  # fmt: skip
        code = f"B{self.serial:031d}"
        rows["paper"].append((paper_id, sign_off, record, 1, code, "sealed", sha256, 2, "", signed, signed, 0, "", 1))

    def _deliveries(self, rows, paper_id, record):
        sent = self.times["sent"]
        ways = (("hq_fax", self.company.fax, "fax_folder"), ("hq_mail", self.company.mailbox, "mail_folder"))
        for kind, address, channel in ways:
            delivery = self.ids["delivery"]
            self.ids["delivery"] += 1
            rows["delivery"].append((
                delivery, f"D-B-{delivery:09d}", "paper", record, "服务纪录", "", kind, address, channel, "[]", "confirmed", "after",
                "<b>", "", "", "", 1, sent, sent, 2, 1,
            ))  # fmt: skip
            rows["link"].append((paper_id, delivery))
