import datetime
import itertools
import random
from zoneinfo import ZoneInfo

from django.db import transaction

from conduct.people.models import Engineer
from visits.handwriting import actions as handwriting

from .attendance import make_attendance
from .breaches import make_breaches
from .briefing import read_the_briefing, read_the_notices
from .buying import make_purchases
from .company import make_company, make_customers
from .counting import make_stocktakings
from .handouts import hand_out
from .hands import give_specimen
from .intake import make_templates
from .keeping import keep_words
from .knowledge import make_articles
from .letters import make_letters
from .month import close_months
from .ordering import make_foreign_work
from .outside import make_outside
from .packs import hand_in
from .planning import add_planning
from .preparing import make_preparations
from .projects import make_projects
from .recurring import make_plans
from .repairs import make_repairs
from .store import make_store
from .story import Story, seed_of
from .sync import add_laptops
from .trips import make_trips
from .workdays import make_calendars

ZONE = ZoneInfo("Asia/Shanghai")
PLAYED = 300
PAST_DAYS, NEXT_DAYS = 182, 14
# The fates of the last days and of the next ones, in turn, so that every page has something to show on any day.
RECENT = ["refused", "transcribed", "signed", "corrected", "undelivered", "called", "signed", "archived", "cancelled", "called"]
COMING = ["confirmed", "proposed", "planned", "countered", "confirmed", "declined", "proposed", "confirmed"]


def load(*, seed, today, visits, public_address, render, sealer, say):
    """Make the demo company: the first 300 visits played through the product's own actions, the rest in bulk.

    The same for a given `seed` and `today`. `say` is told how far it is.
    """
    rng = random.Random(seed_of(seed, today))
    opened = datetime.datetime.combine(today - datetime.timedelta(days=PAST_DAYS + 20), datetime.time(9), ZONE)
    with transaction.atomic():
        staff = make_company(opened, public_address)
        sites = make_customers(rng, staff["chen"], opened)
        read_the_briefing(staff, opened)
        make_calendars(sites, staff["zhou"], today, opened)
        make_store(staff=staff, today=today, opened=opened, zone=ZONE)
        make_purchases(staff=staff, today=today, zone=ZONE)
        make_repairs(staff=staff, seed=seed, today=today, opened=opened, zone=ZONE)
        make_stocktakings(staff=staff, today=today, zone=ZONE)
        make_preparations(staff=staff, today=today, zone=ZONE)
    slots = _slots(rng, today, min(visits, PLAYED))
    unfinished = []
    yesterday = datetime.datetime.combine(today - datetime.timedelta(days=1), datetime.time(16), ZONE)
    fates = _fates(rng, slots, today)
    for place, ((start, engineer), fate) in enumerate(zip(slots, fates, strict=True), 1):
        previous = unfinished.pop() if unfinished and rng.random() < 0.7 else None
        story = Story(
            rng=random.Random(seed_of(seed, today, place)),
            staff=staff, site=rng.choice(sites), engineer=engineer, start=start, latest=yesterday, fate=fate,
            previous=previous, render=render, sealer=sealer,
        )  # fmt: skip
        with transaction.atomic():
            visit = story.play()
        if story.partly and start.date() < today - datetime.timedelta(days=10):
            unfinished.append(visit)
        if place % 25 == 0:
            say(f"{place} visits")
    with transaction.atomic():
        make_attendance(random.Random(seed_of(seed, today, "attendance")), staff, sites, today)
        morning = datetime.datetime.combine(today, datetime.time(8), ZONE)
        add_planning(staff=staff, today=today, zone=ZONE, at=morning)
        make_templates(staff["chen"], morning)
        laptops = random.Random(seed_of(seed, today, "laptops"))
        add_laptops(rng=laptops, staff=staff, sites=sites, today=today, zone=ZONE, render=render, sealer=sealer)
        make_plans(sites, staff["chen"], today, morning)
        make_outside(staff=staff, sites=sites, today=today, at=morning)
        make_projects(staff=staff, today=today, at=morning)
        keep_words(staff=staff, at=morning)
    close_months(manager=staff["sun"], today=today, zone=ZONE)
    with transaction.atomic():
        make_breaches(staff=staff, at=yesterday)
        make_letters(staff=staff, at=yesterday)
        make_articles(staff=staff, at=yesterday)
        give_specimen(at=yesterday)
        lots = itertools.chain([0], itertools.repeat(99))  # one of the last signatures is drawn
        handwriting.look(at=yesterday + datetime.timedelta(hours=2), draw=lambda sides: next(lots))
    with transaction.atomic():
        hand_out(staff=staff, at=morning)
        make_trips(staff=staff, at=morning)
        make_foreign_work(staff=staff, at=morning)
    hand_in(keeper=staff["zheng"], today=today, zone=ZONE)
    read_the_notices(yesterday - datetime.timedelta(days=1))


def _slots(rng, today, count):
    """`count` times that no engineer holds twice, oldest first: half days on weekdays."""
    engineers = list(Engineer.objects.select_related("staff").order_by("number"))
    days = [today + datetime.timedelta(days=n) for n in range(-PAST_DAYS, NEXT_DAYS + 1)]
    days = [day for day in days if day.weekday() < 5 or day == today]
    every = [(day, hour, engineer) for day in days for hour in (9, 14) for engineer in engineers]
    chosen = rng.sample(every, min(count, len(every)))
    todays = [(today, hour, engineers[place]) for place, hour in ((0, 9), (1, 9), (2, 14), (3, 14))]
    chosen = [slot for slot in chosen if slot not in todays][: count - len(todays)] + todays
    chosen.sort(key=lambda slot: (slot[0], slot[1], slot[2].number))
    return [(datetime.datetime.combine(day, datetime.time(hour), ZONE), engineer) for day, hour, engineer in chosen]


def _fates(rng, slots, today):
    """What has become of each visit by `today`."""
    recent, coming = itertools.cycle(RECENT), itertools.cycle(COMING)
    for place, (start, _engineer) in enumerate(slots, 1):
        age = (today - start.date()).days
        if age > 12:
            yield rng.choices(["archived", "cancelled", "missed", "declined"], [92, 4, 2, 2])[0]
        elif age > 0:
            yield next(recent)
        elif age == 0:
            yield "confirmed" if start.hour != 9 else "on_site" if place % 2 else "finished"
        else:
            yield next(coming)
