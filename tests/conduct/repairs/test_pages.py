"""The pages: the board, the queue, the ticket, the reporter's own page, the labels."""

import datetime
import io
import re

import pytest
from django.utils import timezone
from django.utils.html import escape
from pypdf import PdfReader

from conduct.repairs import lists
from conduct.repairs.models import RepairPolicy, RepairTicket
from conduct.rounds import actions as rounds
from tests.factories import repairs

HOUR = datetime.timedelta(hours=1)


def text_of(answer):
    return answer.content.decode()


def test_li_sorts_on_the_board_without_a_mouse(client, beamer, triager_li, wang, at):
    ticket = repairs.reported(beamer, at)
    client.force_login(triager_li)
    assert ticket.number in text_of(client.get("/repairs/board/"))

    form = text_of(client.get(f"/repairs/{ticket.number}/sort/?next=/repairs/board/"))
    assert 'name="quadrant"' in form
    answer = client.post(
        f"/repairs/{ticket.number}/sort/", {"quadrant": "iu", "technician": wang.pk, "seen_version": 0, "next": "/repairs/board/"}
    )

    ticket.refresh_from_db()
    assert answer.url == "/repairs/board/"
    assert (ticket.quadrant, ticket.assigned_to) == ("iu", wang)


def test_the_board_hands_the_dialog_a_form_alone(client, beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)
    client.force_login(triager_li)

    answer = client.get(f"/repairs/{ticket.number}/sort-again/?quadrant=nn", headers={"HX-Request": "true"})

    assert "<html" not in text_of(answer) and re.search(r'value="nn"[^>]*checked', text_of(answer))


def test_a_missing_reason_stands_beside_its_field_and_the_choice_is_kept(client, beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)
    client.force_login(triager_li)

    answer = client.post(f"/repairs/{ticket.number}/sort-again/", {"quadrant": "nn", "seen_version": 1})

    assert answer.status_code == 422 and answer.context["form"].errors["reason"]
    assert re.search(r'value="nn"[^>]*checked', text_of(answer))


def test_a_page_from_elsewhere_is_not_where_one_ends(client, beamer, triager_li, wang, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)
    client.force_login(wang)

    answer = client.post(f"/repairs/{ticket.number}/take/", {"next": "https://evil.example/"})

    assert answer.url == ticket.get_absolute_url()


def test_the_ticket_shows_old_and_new_deadline_and_how_it_comes_about(client, beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li, "nn")
    client.force_login(triager_li)
    client.post(f"/repairs/{ticket.number}/sort-again/", {"quadrant": "iu", "reason": "考试要用", "seen_version": 1})

    page = text_of(client.get(f"/repairs/{ticket.number}/"))
    assert "考试要用" in page and "text-decoration-line-through" in page
    assert "→" in text_of(client.get(f"/repairs/{ticket.number}/deadline/"))


def test_a_technician_goes_the_whole_way(client, beamer, triager_li, wang, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)
    client.force_login(wang)
    assert ticket.number in text_of(client.get("/repairs/queue/"))

    def post(what, **form):
        return client.post(f"/repairs/{ticket.number}/{what}/", form).status_code

    assert post("take") == 302
    assert "向谁求助" in text_of(client.get(f"/repairs/{ticket.number}/help/"))
    assert post("judge", verdict="here", verdict_note="电源") == 302
    assert post("repaired", cause="保险丝", work_done="更换保险丝", work_minutes=20, cost="15.50") == 302
    assert post("feed-back", feedback="好了", told_how="person") == 302
    ticket.refresh_from_db()
    assert (ticket.state, ticket.told_how, str(ticket.cost)) == ("fed_back", "person", "15.50")


@pytest.mark.parametrize(
    ("person", "what", "status"),
    [("zhao", "judge", 404), ("reporter_he", "take", 404), ("wang", "assign", 404), ("wang", "turn-away", 404),
     ("stranger", "take", 404), ("manager_sun", "sort-again", 404), ("triager_li", "judge", 302), ("wang", "judge", 302)],
)  # fmt: skip
def test_who_may_make_which_move(client, request, beamer, triager_li, wang, at, person, what, status):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    client.force_login(request.getfixturevalue(person))

    assert client.post(f"/repairs/{ticket.number}/{what}/", {"verdict": "here"}).status_code == status


def test_the_reporter_reopens_on_the_private_page(client, beamer, triager_li, wang):
    ticket = repairs.fed_back(beamer, timezone.now(), triager_li, wang)
    page = text_of(client.get(f"/r/t/{ticket.token}/"))
    assert "已更换电源板" in page

    answer = client.post(f"/r/t/{ticket.token}/not-mended/", {"reason": "又黑屏了"}, follow=True)

    ticket.refresh_from_db()
    assert answer.status_code == 200 and ticket.state == "triaged"


def test_the_reporter_is_content_and_the_ticket_closes(client, beamer, triager_li, wang):
    ticket = repairs.fed_back(beamer, timezone.now(), triager_li, wang)

    client.post(f"/r/t/{ticket.token}/mended/")

    ticket.refresh_from_db()
    assert ticket.state == "closed"
    page = text_of(client.post(f"/r/t/{ticket.token}/not-mended/", {"reason": "还是坏的"}, follow=True))
    assert "请重新报修" in page


def test_the_history_of_a_thing_tells_all_of_it(client, beamer, triager_li, wang, at):
    old = repairs.fed_back(beamer, at - 200 * HOUR, triager_li, wang)
    RepairTicket.objects.filter(pk=old.pk).update(finish_due_at=at - 201 * HOUR)
    again = repairs.reported(beamer, at)
    looked_at = repairs.inspection(beamer.site, wang, at)
    rounds.record(round=looked_at, findings={looked_at.items.get().pk: ("ok", "滤网已清洁")}, by=wang, at=at)
    client.force_login(triager_li)

    page = text_of(client.get(f"/repairs/equipment/{beamer.number}/"))

    assert old.number in page and again.number in page and "更换电源板" in page and f"与 {old.number} 重复" in page
    assert "超期完成" in page and "滤网已清洁" in page


@pytest.mark.parametrize(
    "filters", ["state=open", "state=reported", "quadrant=iu", "technician=wang", "q=EQ-900001", "q=RT-2026-000001"]
)
def test_the_list_is_narrowed(client, beamer, printer, triager_li, wang, at, filters):
    ticket = repairs.reported(beamer, at)
    RepairTicket.objects.filter(pk=ticket.pk).update(quadrant="iu", assigned_to=wang, triaged_at=at)
    repairs.fed_back(printer, at, triager_li, None or wang)
    RepairTicket.objects.exclude(pk=ticket.pk).update(quadrant="nn", assigned_to=None)
    client.force_login(triager_li)

    rows = client.get(f"/repairs/?{filters}").context["page"].rows

    assert [row["number"] for row in rows] == [ticket.number]


def test_labels_come_as_a_pdf_with_the_name_and_begin_where_one_wants(client, beamer, printer, triager_li):
    client.force_login(triager_li)
    printer.label = None
    printer.save()

    answer = client.post("/repairs/labels/sheet/", {"equipment": [beamer.number, printer.number], "start": "24"})

    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 2
    assert "教学一体机" in reader.pages[0].extract_text() + reader.pages[1].extract_text()
    printer.refresh_from_db()
    assert printer.label and client.get(f"/r/{printer.label}/").status_code == 200


def test_three_labels_stand_beside_each_other_with_their_text_beside_the_code(client, beamer, triager_li):
    numbers = [f"EQ-91{place:04d}" for place in range(6)]
    for number in numbers:
        repairs.equipment(beamer.site, number, "教学一体机")
    client.force_login(triager_li)
    answer = client.post("/repairs/labels/sheet/", {"equipment": numbers})

    places = []
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: places.append((text, cm, tm)) if "EQ-" in text else None)
    found = [(round(cm[4] + cm[0] * tm[4]), round(cm[5] + cm[3] * tm[5])) for _text, cm, tm in places]
    assert len({x for x, _y in found}) == 3 and len({y for _x, y in found}) == 2


def test_the_policy_page_keeps_what_was_typed_and_makes_a_version(client, house, techmgr_qian):
    client.force_login(techmgr_qian)
    page = client.get("/repairs/policy/")
    form = {name: page.context["form"][name].value() for name in page.context["form"].fields} | {"reason": "试行三个月"}

    refused = client.post("/repairs/policy/", form | {"finish_iu": "0.1"})
    assert refused.status_code == 200 and refused.context["form"].errors["finish_iu"]
    assert "试行三个月" in text_of(refused)
    client.post("/repairs/policy/", form | {"finish_iu": "6"})

    policy = RepairPolicy.objects.latest("version")
    assert (policy.version, policy.rules.get(quadrant="iu").finish_minutes) == (2, 360)


def test_the_board_shows_the_first_of_a_quadrant_and_says_how_many_there_are(client, beamer, triager_li, at):
    tickets = [repairs.sorted_in(beamer, at, triager_li, "nn", fault=f"<b>第 {place} 次") for place in range(lists.A_COLUMN + 2)]
    client.force_login(triager_li)

    def shown(address):
        return set(re.findall(r'<li class="ticket-card[^>]* data-number="([^"]+)"', text_of(client.get(address))))

    board = text_of(client.get("/repairs/board/"))
    assert len(shown("/repairs/board/")) == lists.A_COLUMN
    assert f"显示 {lists.A_COLUMN} 张，共 {len(tickets)} 张" in board and "?more=nn" in board
    assert "<b>第" not in board and "&lt;b&gt;第" in board
    assert shown("/repairs/board/?more=nn") == {ticket.number for ticket in tickets}


def test_the_queue_says_how_many_wait_beyond_those_shown(client, beamer, triager_li, wang, at):
    tickets = [repairs.sorted_in(beamer, at, triager_li) for _place in range(9)]
    client.force_login(wang)

    page = client.get("/repairs/queue/")
    assert (page.context["free"]["shown"], page.context["free"]["count"]) == (8, len(tickets))
    assert client.get("/repairs/queue/?more=free").context["free"]["shown"] == len(tickets)


def test_what_if_works_out_another_quadrant_and_a_pause_and_stores_nothing(client, beamer, triager_li, at, stopped_clock):
    ticket = repairs.sorted_in(beamer, at, triager_li, "nn")
    client.force_login(triager_li)

    def finish(**asked):
        page = client.get(f"/repairs/{ticket.number}/deadline/", asked)
        return page, next(row["deadline"].at for row in page.context["otherwise"] if row["name"] == "finish")

    page, same = finish(quadrant="nn")
    assert same == ticket.finish_due_at and "与现在相同" in text_of(page)
    page, urgent = finish(quadrant="iu")
    assert urgent != ticket.finish_due_at and "若如此，完成期限为" in text_of(page)
    until = timezone.localtime() + 300 * HOUR
    _page, later = finish(quadrant="nn", paused_until=f"{until:%Y-%m-%dT%H:%M}")
    assert later > same
    ticket.refresh_from_db()
    assert (ticket.quadrant, ticket.seen_version, ticket.pauses.count()) == ("nn", 1, 0)

    wrong = client.get(f"/repairs/{ticket.number}/deadline/", {"quadrant": "nn", "paused_until": "2020-01-01T10:00"})
    assert wrong.context["otherwise"] is None and wrong.context["form"].errors["paused_until"]


def test_the_ticket_says_its_deadline_in_one_sentence(client, beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li, "iu")
    client.force_login(triager_li)

    page = client.get(f"/repairs/{ticket.number}/")

    assert escape(page.context["sum"]) in text_of(page) and " → " in page.context["sum"]
