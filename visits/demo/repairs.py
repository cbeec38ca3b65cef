"""A school's week on our own premises: forty things break, are reported by label and by staff, sorted and repaired."""

import datetime
import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from conduct.people.models import Department
from conduct.repairs import actions, buying, closing, reminders, repairing, swapping
from conduct.repairs.models import RepairTicket
from conduct.spares.queries import spares_to_lend
from conduct.stock.models import Place

from .buying import carry_on
from .premises import FAULTS, make_premises, make_rounds
from .story import seed_of

REPORTS = 40
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
REPORTERS = ["杨老师", "何老师", "沈老师", "冯教务", "郭会计", "保安小陆"]
QUADRANTS = {"stops": ["iu", "iu", "nu"], "hinders": ["in", "nu", "in"], "slight": ["nn", "in", "nn"]}
# What has become of each by today; older ones are done, the last ones still wait.
DONE = ["closed", "overdue", "closed", "closed", "answered_late", "closed", "waited", "closed", "fed_back", "closed"]
WAITING = [
    ("taken", "in"), ("reopened", "nn"), ("on_spare", "in"), ("paused", "in"), ("reported", ""), ("repaired", "nu"),
    ("sorted", "nn"), ("duplicate", ""), ("assigned", "in"), ("sorted", "nn"), ("sorted_again", ""), ("taken", "nu"),
    ("reported", ""), ("to_buy", "nu"),
]  # fmt: skip
MONTHS, A_MONTH = 5, 6
EARLIER = [
    "closed", "overdue", "waited", "closed", "answered_late", "closed", "closed", "closed", "waited", "closed", "overdue", "closed",
]  # fmt: skip


def make_repairs(*, staff, seed, today, opened, zone):
    """Premises with equipment and labels, some months of quiet repairs, a replacement that came, and the forty reports of this week."""
    rng = random.Random(seed_of(seed, today, 77))
    things = make_premises(staff["zhou"], opened)
    morning = datetime.datetime.combine(today, datetime.time(8), zone)
    for place, at in enumerate(_earlier(rng, today, zone)):
        fate = "bought" if place == (MONTHS - 1) * A_MONTH - 2 else EARLIER[place % len(EARLIER)]
        _tell(rng, staff, things[place * 7 % len(things)], at, fate, morning)
    make_rounds(staff=staff, today=today, zone=zone)
    evening = None
    for place, at in enumerate(_moments(rng, today, zone)):
        if evening and at > evening:
            reminders.remind(at=evening)
        evening = at.replace(hour=18, minute=30)
        waiting = place - (REPORTS - len(WAITING))
        fate, quadrant = (DONE[place % len(DONE)], "") if waiting < 0 else WAITING[waiting]
        thing = things[place * 13 % len(things)]
        if fate == "on_spare":
            thing = [one for one in things if one.category == "计算机"][5]
        elif fate == "duplicate":
            thing = RepairTicket.objects.filter(state="triaged").latest("reported_at").equipment
        _tell(rng, staff, thing, at, fate, morning, quadrant, with_photo=place % 8 == 0)


def _earlier(rng, today, zone):
    """Moments of the five months before the last two weeks, in order."""
    found = []
    while len(found) < MONTHS * A_MONTH:
        day = today - rng.randint(15, 15 + 30 * MONTHS) * DAY
        if day.weekday() < 5:
            found.append(datetime.datetime.combine(day, datetime.time(8, 30), zone) + rng.randint(0, 480) * MINUTE)
    return sorted(found)


def _moments(rng, today, zone):
    """Forty moments within the working hours of the last seven days and this morning, in order."""
    days = [today - n * DAY for n in range(7, -1, -1)]
    days = [day for day in days if day.weekday() < 5 or day == today]
    found = []
    for place in range(REPORTS):
        day = days[place * len(days) // REPORTS]
        start = datetime.datetime.combine(day, datetime.time(8, 30), zone)
        found.append(start + rng.randint(0, 20 if day == today else 480) * MINUTE)
    return sorted(found)


def _tell(rng, staff, thing, at, fate, morning, quadrant="", *, with_photo=False):
    fault, cause, work = rng.choice(FAULTS[thing.category])
    disturbance = rng.choice(["stops", "hinders", "hinders", "slight"])
    by_staff = rng.random() < 0.4
    facts = (
        {"source": "staff", "reporter": staff["he"], "reporter_name": staff["he"].name}
        if by_staff
        else {"source": "label", "reporter_name": rng.choice(REPORTERS), "reporter_contact": f"分机 {rng.randint(800, 899)}"}
    )
    ticket, _token = actions.report(
        equipment=thing, fault=fault, disturbance=disturbance, photos=[_photo(rng)] if with_photo else [],
        by=staff["he"] if by_staff else None, at=at, **facts,
    )  # fmt: skip
    technician = staff[rng.choice(["wang", "xu", "xu"])]
    story = Fate(ticket, staff, technician, at, cause, work, rng, morning)
    usual = rng.choice(QUADRANTS[disturbance])
    getattr(story, fate)(quadrant or usual)


class Fate:
    """What becomes of one ticket, each step some minutes after the one before it. Nobody is late beyond this `morning`."""

    def __init__(self, ticket, staff, technician, at, cause, work, rng, morning):
        self.ticket, self.staff, self.triager, self.technician = ticket, staff, staff["li"], technician
        self.at, self.cause, self.work, self.rng, self.morning = at, cause, work, rng, morning

    def later(self, most):
        self.at += self.rng.randint(2, most) * MINUTE
        return self.at

    def reported(self, _quadrant):
        """Nobody has looked at it yet."""

    def duplicate(self, _quadrant):
        """Somebody else had reported it already."""
        other = RepairTicket.objects.filter(equipment=self.ticket.equipment, state="triaged").latest("reported_at")
        at = self.later(20)
        actions.turn_away(ticket=self.ticket, turned_away_for="duplicate", duplicate_of=other, by=self.triager, at=at)

    def sorted(self, quadrant):
        actions.sort(ticket=self.ticket, quadrant=quadrant, by=self.triager, at=self.later(20))

    def sorted_again(self, _quadrant):
        self.sorted("nn")
        facts = {"quadrant": "iu", "reason": "下午公开课要用这间教室", "by_waiting": True}
        actions.sort(ticket=self.ticket, by=self.triager, at=self.later(10), **facts)

    def assigned(self, quadrant):
        self.sorted(quadrant)
        repairing.assign(ticket=self.ticket, technician=self.technician, by=self.triager, at=self.later(5))

    def taken(self, quadrant):
        self.assigned(quadrant)
        repairing.take(ticket=self.ticket, by=self.technician, at=self.later(20))

    def paused(self, quadrant):
        self.taken(quadrant)
        at = self.later(10)
        until = at.date() + 2 * DAY
        repairing.pause(ticket=self.ticket, reason="part", note="电源板已订", expected_until=until, by=self.technician, at=at)

    def on_spare(self, quadrant):
        self.taken(quadrant)
        facts = {"verdict": "spare", "verdict_note": "硬盘有坏道，数据迁移需两天"}
        repairing.judge(ticket=self.ticket, by=self.technician, at=self.later(5), **facts)
        if spare := spares_to_lend().filter(name__contains="笔记本").first():
            at = self.later(5)
            swapping.put_spare(ticket=self.ticket, spare=spare, back_by=at.date() + 5 * DAY, by=self.technician, at=at)

    def repaired(self, quadrant):
        self.taken(quadrant)
        self._mend()

    def _mend(self):
        minutes = self.rng.randint(10, 75)
        facts = {
            "cause": self.cause,
            "work_done": self.work,
            "work_minutes": minutes,
            "cost": self.rng.choice([None, 45, 120, 260]),
        }
        repairing.repaired(ticket=self.ticket, by=self.technician, at=self.later(75), **facts)

    def to_buy(self, quadrant):
        """The replacement is drafted; its quotes are still to come."""
        self.taken(quadrant)
        cause = "主板烧毁，已停产无配件"
        repairing.unrepairable(ticket=self.ticket, cause=cause, work_minutes=30, by=self.technician, at=self.later(20))
        thing = self.ticket.equipment
        return buying.ask_replacement(
            ticket=self.ticket, department=Department.objects.get(name="行政部"), name=f"{thing.name} {thing.model}", quantity=1,
            price=4200, reason=f"{thing.name}无法修复，教学与办公急需", by=self.technician, at=self.later(10),
        )  # fmt: skip

    def bought(self, quadrant):
        """The replacement was approved and came: the ticket went on by itself and was closed."""
        purchase = self.to_buy(quadrant)
        self._tell_reporter("无法修复，已申请购置")
        carry_on(
            purchase, staff=self.staff, quotes=[("宏图办公", "4200.00"), ("京东企业购", "4380.00"), ("苏宁易购", "4450.00")],
            fate="received", shelf=Place.objects.order_by("number").first(), today=self.at.date(), at=self.at,
        )  # fmt: skip
        self.ticket.refresh_from_db()
        self.at += 5 * DAY
        facts = {"cause": "原设备主板烧毁", "work_done": "安装新设备，调试正常", "work_minutes": 50}
        repairing.repaired(ticket=self.ticket, by=self.technician, at=self.later(75), **facts)
        self._tell_reporter("新设备已安装，可以使用")
        closing.close(ticket=self.ticket, by=None, at=self.later(60))

    def overdue(self, _quadrant):
        """The part came after the deadline; everybody was told that it had passed."""
        self.taken(self.rng.choice(["iu", "nu"]))
        self._late(self.ticket.finish_due_at)
        self._end()

    def answered_late(self, _quadrant):
        """The technician was held up elsewhere and took it up too late, but still finished in time."""
        self.assigned("iu")
        self._late(self.ticket.answer_due_at)
        repairing.take(ticket=self.ticket, by=self.technician, at=self.later(10))
        self._end()

    def _late(self, due_at):
        if due_at > self.morning - DAY / 6:
            return  # holidays lie between: it was done in time
        self.at = max(self.at, due_at) + self.rng.randint(5, 30) * MINUTE
        reminders.remind(at=self.at)
        self.ticket.refresh_from_db()

    def waited(self, _quadrant):
        """It was not urgent, and became so because nobody came."""
        self.sorted_again("nn")
        repairing.take(ticket=self.ticket, by=self.technician, at=self.later(20))
        self._end()

    def _end(self):
        self._mend()
        self._tell_reporter(f"{self.work}。")
        closing.close(ticket=self.ticket, by=None, at=self.later(60))

    def fed_back(self, quadrant):
        self.repaired(quadrant)
        self._tell_reporter(f"{self.work}。")

    def _tell_reporter(self, feedback):
        facts = {"feedback": feedback, "told_how": self.rng.choice(["telephone", "person", "page"])}
        closing.feed_back(ticket=self.ticket, by=self.technician, at=self.later(15), **facts)

    def closed(self, quadrant):
        self.fed_back(quadrant)
        closing.close(ticket=self.ticket, by=None, at=self.later(60))

    def reopened(self, quadrant):
        self.fed_back(quadrant)
        closing.reopen(ticket=self.ticket, reason="又出现同样的问题", by=None, at=self.later(60))


def _photo(rng):
    """A picture that looks like a device with a dark screen, as an upload."""
    shade = rng.randint(90, 160)
    picture = Image.new("RGB", (800, 600), (shade, shade + 10, shade + 20))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((120, 110, 680, 430), fill=(18, 18, 24), outline=(60, 60, 66), width=14)
    draw.ellipse((390, 455, 412, 477), fill=(190, 30, 30))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return SimpleUploadedFile("故障照片.jpg", out.getvalue(), "image/jpeg")
