"""A room is made ready for a course or an exam: in time, checked, handed from one to the next, and loud when it is late."""

import datetime
import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.notices.models import Notice
from conduct.preparations import actions, queries, reminders
from conduct.preparations.due import due_day, unofficial_years, urgency
from conduct.preparations.models import Job, PreparationPolicy
from conduct.preparations.states import TRANSITIONS, JobKind, JobState
from conduct.trail.models import Event
from conduct.workdays import dependents
from conduct.workdays.actions import load_standard, save_own_day
from conduct.workdays.calendar import Calendar, DayKind, Special, parse_hours
from conduct.workdays.models import WorkCalendar
from conduct.workdays.queries import standard_calendar
from tests.factories import preparations
from tests.people import SHANGHAI

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = datetime.timedelta(days=1)
ALLOWED = {"awaiting": "open cancelled", "open": "ready cancelled", "ready": "open cancelled", "cancelled": ""}
HOURS = parse_hours("9-12, 13-18")
D = datetime.date
# Thursday and Friday are holidays, the Saturday after them makes up.
OFFICE = Calendar(
    "Asia/Shanghai", (HOURS,) * 5 + ((), ()),
    {D(2026, 12, 3): Special(DayKind.HOLIDAY, (), "x"), D(2026, 12, 4): Special(DayKind.HOLIDAY, (), "x"),
     D(2026, 12, 5): Special(DayKind.MAKEUP, HOURS, "x")},
    official_years=frozenset({2026}),
)  # fmt: skip


@pytest.mark.parametrize(("here", "to"), list(itertools.product(JobState, repeat=2)))
def test_every_move_of_the_table(triager_li, at, here, to):
    job = preparations.job(triager_li, at)
    ready = {"ready_at": at, "ready_says": triager_li}
    Job.objects.update(state=here, **(ready if here == "ready" else {}))
    job.refresh_from_db()
    changes = ready if to == "ready" else {"ready_at": None, "ready_says": None}
    if to in ALLOWED[here].split():
        move(job, to, **changes)
        assert Job.objects.get().state == to
    else:
        with pytest.raises(ForbiddenMove):
            move(job, to, **changes)
    assert set(TRANSITIONS) == set(JobState)


@pytest.mark.parametrize(
    ("starts", "days", "working", "due"),
    [
        (D(2026, 12, 9), 2, True, D(2026, 12, 7)),  # Wednesday: Monday
        (D(2026, 12, 8), 2, True, D(2026, 12, 5)),  # Tuesday: Monday, then the make-up Saturday
        (D(2026, 12, 7), 2, True, D(2026, 12, 2)),  # Monday: Saturday, then Wednesday before the holidays
        (D(2026, 12, 6), 2, False, D(2026, 12, 2)),  # Sunday: Friday is a holiday, Thursday too
        (D(2026, 12, 7), 2, False, D(2026, 12, 5)),  # Monday: the make-up Saturday itself
        (D(2026, 12, 9), 0, True, D(2026, 12, 9)),
        (D(2027, 1, 4), 7, True, D(2026, 12, 24)),
    ],
)
def test_when_something_is_due(starts, days, working, due):
    assert due_day(starts, days, OFFICE, in_working_days=working) == due


def test_a_year_without_official_calendar_is_said():
    assert unofficial_years(D(2026, 12, 24), D(2027, 1, 4), OFFICE) == [2027]
    assert unofficial_years(D(2026, 12, 1), D(2026, 12, 9), OFFICE) == []


@pytest.mark.parametrize(
    ("today", "how"), [(D(2026, 12, 1), ""), (D(2026, 12, 2), "soon"), (D(2026, 12, 7), "soon"), (D(2026, 12, 8), "late")]
)
def test_how_loud_it_is(today, how):
    assert urgency(D(2026, 12, 7), today, 2, OFFICE) == how


@pytest.mark.parametrize(("kind", "ready"), [("course", 1), ("exam", 2), ("midterm", 7), ("final", 7)])
def test_each_kind_has_its_days(triager_li, at, kind, ready):
    job = preparations.job(triager_li, at, kind)
    start = D(2026, 12, 8)
    expected = due_day(start, ready, standard_calendar(), in_working_days=True)
    assert (job.due_on, job.state) == (expected, "awaiting" if kind == "course" else "open")
    standard = due_day(start, 7, standard_calendar(), in_working_days=True)
    assert job.standard_due_on == (standard if kind == "course" else None)
    assert job.checks.count() == len(queries.policy().checks[kind]) > 3


def test_from_the_standard_to_the_ready_room(triager_li, reporter_he, wang, at):
    job = preparations.job(triager_li, at, "course", teacher=reporter_he)
    with pytest.raises(ForbiddenMove, match="待交软件标准"):
        actions.say_ready(job=job, by=wang, at=at)
    paper = SimpleUploadedFile("标准.pdf", b"%PDF-1.4", "application/pdf")
    actions.hand_in(job=job, standard="Visual Studio 2022", file=paper, by=reporter_he, at=at)
    actions.assign(job=job, to=wang, by=wang, at=at)
    first, *rest = job.checks.all()
    actions.tick(job=job, done={first: (True, "32 台")}, by=wang, at=at)
    with pytest.raises(DomainError, match="尚未检查"):
        actions.say_ready(job=job, by=wang, at=at)
    actions.tick(job=job, done=dict.fromkeys(rest, (True, "")), by=wang, at=at)
    actions.say_ready(job=job, by=wang, at=at + DAY)

    job = Job.objects.get()
    assert (job.state, job.ready_says, job.standard_by, job.standard_file.name) == ("ready", wang, reporter_he, "标准.pdf")
    first.refresh_from_db()
    assert (first.done_by, first.note) == (wang, "32 台")
    told = set(Notice.objects.values_list("to__username", "code"))
    assert {("li", "preparation.standard"), ("li", "preparation.ready"), ("he", "preparation.ready")} <= told


def test_a_newer_standard_tells_who_prepares(triager_li, reporter_he, wang, at):
    job = preparations.job(triager_li, at, "course")
    actions.hand_in(job=job, standard="VS 2019", by=reporter_he, at=at)
    actions.assign(job=job, to=wang, by=wang, at=at)
    actions.hand_in(job=job, standard="VS 2022", by=reporter_he, at=at + DAY)
    assert Job.objects.get().standard == "VS 2022"
    assert Notice.objects.filter(to=wang, code="preparation.standard").count() == 1


def test_an_exam_has_no_standard_and_nothing_is_no_standard(triager_li, reporter_he, at):
    with pytest.raises(ForbiddenMove, match="新课程"):
        actions.hand_in(job=preparations.job(triager_li, at), standard="x", by=reporter_he, at=at)
    with pytest.raises(DomainError) as refusal:
        actions.hand_in(job=preparations.job(triager_li, at, "course"), standard=" ", by=reporter_he, at=at)
    assert refusal.value.field == "standard"


def test_of_two_who_take_it_the_second_is_told(triager_li, wang, zhao, at):
    job = preparations.job(triager_li, at)
    one, other = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)
    actions.assign(job=one, to=wang, by=wang, at=at)
    with pytest.raises(ForbiddenMove, match="抢先"):
        actions.assign(job=other, to=zhao, by=zhao, at=at)
    actions.assign(job=other, to=zhao, by=triager_li, at=at)
    assert Job.objects.get().assigned_to == zhao


def test_what_is_not_ready_after_all_is_checked_anew(triager_li, wang, at):
    job = preparations.job(triager_li, at)
    actions.assign(job=job, to=wang, by=wang, at=at)
    actions.tick(job=job, done=dict.fromkeys(job.checks.all(), (True, "")), by=wang, at=at)
    actions.say_ready(job=job, by=wang, at=at)
    with pytest.raises(DomainError, match="原因"):
        actions.reopen(job=job, reason=" ", by=triager_li, at=at)
    actions.reopen(job=job, reason="投影机坏了", by=triager_li, at=at)
    assert (Job.objects.get().state, job.checks.exclude(done_at=None).count()) == ("open", 0)


def test_what_is_planned_is_planned_once(triager_li, at):
    job = preparations.job(triager_li, at)
    with pytest.raises(DomainError, match="已排入"):
        preparations.job(triager_li, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        job.pk, job.number = None, "PJ-9"
        job.save()
    actions.cancel(job=Job.objects.get(), reason="停考", by=triager_li, at=at)
    assert preparations.job(triager_li, at).number == "PJ-2026-000002"


def test_what_begins_in_the_past_is_refused(triager_li, at):
    with pytest.raises(DomainError, match="已经过去") as refusal:
        preparations.job(triager_li, at, days=-1)
    assert refusal.value.field == "starts_at"


def test_moving_works_the_days_out_anew_and_keeps_the_old_ones(triager_li, wang, at):
    job = preparations.job(triager_li, at)
    actions.assign(job=job, to=wang, by=wang, at=at)
    was, later = job.due_on, job.starts_at + 7 * DAY
    actions.reschedule(job=Job.objects.get(), starts_at=later, room="机房 402", reason="停电", by=triager_li, at=at)
    job = Job.objects.get()
    assert (job.due_on, job.room) == (was + 7 * DAY, "机房 402")
    moved = Event.objects.get(verb="preparation.moved").data
    assert (moved["due_on"], moved["start"]) == (str(was), "2026-12-08 08:00")
    assert Notice.objects.filter(to=wang, code="preparation.moved").exists()


def test_everybody_is_told_once_before_and_louder_after(triager_li, reporter_he, manager_sun, wang, at):
    exam = preparations.job(triager_li, at)
    actions.assign(job=exam, to=wang, by=triager_li, at=at)
    preparations.job(triager_li, at, "course", teacher=reporter_he, room="机房 402")

    def told(day):
        for hour in (9, 10):
            reminders.remind(at=datetime.datetime(2026, day[0], day[1], hour, tzinfo=SHANGHAI))
        codes = ("preparation.soon", "preparation.late", "preparation.standard_soon", "preparation.standard_late")
        return sorted(Notice.objects.filter(code__in=codes).values_list("to__username", "code"))

    standard_soon = [("he", "preparation.standard_soon"), ("li", "preparation.standard_soon")]
    assert told((11, 26)) == standard_soon  # the course's standard is due on the 27th
    late = [(name, "preparation.standard_late") for name in ("he", "li", "sun")]
    assert told((11, 30)) == sorted(standard_soon + late)
    soon = [("li", "preparation.soon"), ("wang", "preparation.soon")]
    assert told((12, 3)) == sorted(standard_soon + late + soon)
    assert ("sun", "preparation.late") in told((12, 7)) and ("wang", "preparation.late") in told((12, 7))


def test_what_is_ready_is_quiet(triager_li, wang, at):
    job = preparations.job(triager_li, at)
    actions.tick(job=job, done=dict.fromkeys(job.checks.all(), (True, "")), by=wang, at=at)
    actions.say_ready(job=job, by=wang, at=at)
    Notice.objects.all().delete()
    reminders.remind(at=at + 60 * DAY)
    assert not Notice.objects.exists()


def test_the_policy_changes_what_comes(triager_li, at):
    before = preparations.job(triager_li, at)
    actions.save_policy(policy=PreparationPolicy(exam_days=0, checks={"exam": ["钥匙"]}), by=triager_li, at=at)
    after = preparations.job(triager_li, at, room="机房 402")
    assert (after.due_on, [check.text for check in after.checks.all()]) == (D(2026, 12, 8), ["钥匙"])
    assert Job.objects.get(pk=before.pk).due_on == before.due_on


def test_a_changed_calendar_asks_about_open_jobs(admin_zhou, triager_li, at):
    load_standard(code="office", name="标准", zone="Asia/Shanghai", at=at)
    job = preparations.job(triager_li, at)
    assert job.due_on == D(2026, 12, 4)
    change = save_own_day(calendar=WorkCalendar.objects.get(), day=D(2026, 12, 7), hours=(), name="校庆", by=admin_zhou, at=at)
    ((code, _label, found),) = [row for row in dependents.affected_by(change) if row[0] == "preparations"]
    assert [(one.key, one.was.date(), one.would_be.date()) for one in found] == [(job.number, D(2026, 12, 4), D(2026, 12, 3))]
    dependents.renew(code, keys=[job.number], reason="校庆", by=admin_zhou, at=at)
    assert Job.objects.get().due_on == D(2026, 12, 3)


def test_a_changed_calendar_names_the_day_that_moves(admin_zhou, triager_li, at):
    office = load_standard(code="office", name="标准", zone="Asia/Shanghai", at=at)
    job = preparations.job(triager_li, at, kind="course", days=21, teacher=triager_li)
    assert (job.standard_due_on, job.due_on) == (D(2026, 12, 4), D(2026, 12, 14))

    def moved():
        change = save_own_day(calendar=office, day=D(2026, 12, 7), hours=(), name="校庆", by=admin_zhou, at=at)
        return [row for row in dependents.affected_by(change) if row[0] == "preparations"]

    ((_code, _label, (row,)),) = moved()
    assert (row.label, row.was.date(), row.would_be.date()) == (f"{job.number} {job.name} · 软件标准", D(2026, 12, 4), D(2026, 12, 3))
    assert row.whole_days
    actions.hand_in(job=job, standard="Ubuntu 24.04", by=triager_li, at=at)
    assert moved() == []


def test_kinds_are_complete():
    assert set(queries.policy().checks) == set(JobKind.values)
