"""The paper: right characters, our fonts, one look for fax and print, and a seal that tells of every change."""

import dataclasses
import io
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from conduct.base.printing import DataOnly, Forbidden
from conduct.files.actions import store_photo
from conduct.files.queries import read
from conduct.outbox.fax_pages import fax_pages
from tests.factories import visits
from tests.visits.papers.pages import STATEMENT, codes_in, large_stamp, pages_of, paper, text_of
from visits.papers import actions, check
from visits.papers.models import Paper
from visits.papers.queries import input_of
from visits.papers.render import html_of, render
from visits.papers.seal import certificates, make_key, sealer
from visits.papers.worker import RenderFailed, render_apart


@pytest.fixture(scope="module")
def pdf():
    return render(paper())


def test_every_character_comes_out_as_it_went_in(pdf):
    text = text_of(pdf)
    for words in (
        "客户现场技术支持服务纪录",
        "李喆",
        "镕堃已更换并验证",
        "南京市第一中学",
        "PW-9921",
        "2026-11-2408:55",
        "无鞋套",
    ):
        assert words in text


def test_only_our_two_fonts_are_in_it(pdf, tmp_path):
    (tmp_path / "p.pdf").write_bytes(pdf)
    rows = subprocess.run(["pdffonts", tmp_path / "p.pdf"], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert {row.split()[0].split("+")[1] for row in rows} == {"Paper", "Paper-Bold"}


def test_equal_input_gives_equal_bytes(pdf):
    assert render(paper()) == pdf


def test_english_papers_are_english():
    english = paper(statement=STATEMENT | {"language": "en"})
    assert "On-siteTechnicalSupportServiceRecord" in text_of(render(english))


def test_a_refusal_has_its_reason_in_place_of_the_signature():
    refused = paper(kind="refused", strokes=None, refusal_reason="设备仍有告警，不同意签字")
    assert "设备仍有告警，不同意签字" in text_of(render(refused))


@pytest.mark.parametrize(
    ("language", "agreed", "doubted"),
    [
        ("zh-hans", "时间可信度:笔记本时钟与总部时钟相差不超过两分钟", "时间可信度:到达:笔记本时钟快于总部时钟(300s)"),
        (
            "en",
            "timeconfidence:thelaptop'sclockagreedwithheadquarters'withintwominutes",
            "timeconfidence:arrived:thelaptop'sclockwasaheadofheadquarters'(300s)",
        ),
    ],
)
def test_what_the_laptops_clock_was_worth_stands_on_the_paper(language, agreed, doubted):
    right = {"doubts": [], "offset": 1200}
    fast = {"doubts": ["ahead"], "offset": -300_000}
    for clock, words in (({"arrived": right}, agreed), ({"arrived": fast, "departed": right}, doubted)):
        text = text_of(render(paper(statement=STATEMENT | {"language": language}, clock=clock)))
        assert words in text.replace("’", "'").replace(": ", ":")


@pytest.mark.parametrize("rows", [1, 2], ids=["204x196", "204x98"])
def test_the_qr_code_survives_a_fax(pdf, rows):
    tiff, _pages = fax_pages([("p.pdf", "application/pdf", pdf)])
    page = Image.open(io.BytesIO(tiff))
    page.seek(0)
    coarse = page.convert("L").resize((page.width, page.height // rows)).resize((page.width, page.height))
    assert paper().verify_url in codes_in(coarse)


def test_a_document_may_load_nothing_that_it_was_not_handed():
    html = html_of(paper()).replace("</body>", '<img src="file:///etc/passwd"></body>')
    from weasyprint import HTML

    with pytest.raises(Forbidden):
        HTML(string=html, url_fetcher=DataOnly()).write_pdf()


def test_what_is_too_large_is_refused_in_the_child():
    huge = STATEMENT | {"parts": STATEMENT["parts"] * 201}
    with pytest.raises(RenderFailed, match="201 rows"):
        render_apart(dataclasses.replace(paper(), statement=huge))


@pytest.fixture
def sealed(pdf, tmp_path):
    return sealer(tmp_path, company="远景", at=timezone.now()).seal(pdf, reason="test"), tmp_path


def test_the_seal_is_whole_and_poppler_agrees(sealed):
    data, folder = sealed
    (folder / "s.pdf").write_bytes(data)
    said = subprocess.run(["pdfsig", folder / "s.pdf"], capture_output=True, text=True).stdout
    assert check.seal_is_whole(data, certificates(folder))
    assert "Signature is Valid" in said and "Total document signed" in said


def test_one_changed_byte_breaks_it(sealed):
    data, folder = sealed
    for place in range(200, len(data) - 20000, len(data) // 9):
        spoiled = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert not check.seal_is_whole(spoiled, certificates(folder))


def test_something_added_later_is_found(sealed):
    data, folder = sealed
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root["/Extra"] = writer.root["/Type"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert not check.seal_is_whole(out.getvalue(), certificates(folder))


def test_old_seals_stay_valid_when_the_key_changes(sealed):
    data, folder = sealed
    before = {path.name for path in folder.glob("*.crt")}
    new = make_key(folder, company="远景", at=timezone.now())
    assert check.seal_is_whole(data, certificates(folder))
    assert {f"{new}.crt"} | before == {path.name for path in folder.glob("*.crt")}
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("*.key"))


def test_two_workers_make_one_paper(house, chen, wang, at, tmp_path):
    _visit, sign_off = visits.signed(chen, at, wang.engineer)
    row = Paper.objects.get(sign_off=sign_off)
    seal = sealer(tmp_path, company="远景", at=timezone.now())
    mine, his = Paper.objects.get(pk=row.pk), Paper.objects.get(pk=row.pk)

    made = actions.make(paper=mine, render=render_apart, sealer=seal, at=at)

    assert made.state == "sealed"
    assert actions.make(paper=his, render=render_apart, sealer=seal, at=at) is None


def test_the_verify_page_tells_genuine_from_altered(client, house, chen, wang, at, settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    visit, sign_off = visits.signed(chen, at, wang.engineer)
    seal = sealer(tmp_path, company="远景", at=timezone.now())
    made = actions.make(paper=Paper.objects.get(sign_off=sign_off), render=render_apart, sealer=seal, at=at)
    from conduct.files.queries import read

    data = read(made.file)
    said = [_verdict(client, tried) for tried in (data, data + b"\n%%added", b"%PDF-1.4 something else")]

    assert said == ["genuine", "altered", "unknown"]
    page = client.get(f"/verify/{made.code}/").content.decode()
    assert visit.record_number in page and "李喆" not in page and visit.order.customer.name not in page


def _verdict(client, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = client.post("/verify/", {"paper": SimpleUploadedFile("p.pdf", data)})
    return response.context["finding"]["verdict"]


def test_a_short_record_fits_one_page_and_six_full_items_fit_two():
    item = STATEMENT["scope"][0] | {"cause": "电容鼓包" * 10, "action": "已更换并连续观察" * 6, "prevention": "每季度巡检" * 8}
    long = STATEMENT | {"scope": [item | {"position": place} for place in range(1, 7)], "parts": STATEMENT["parts"] * 5}

    assert [pages_of(render(paper(statement=statement))) for statement in (STATEMENT, long)] == [1, 2]


def test_every_page_says_which_of_how_many_it_is():
    text = text_of(render(paper(statement=STATEMENT | {"parts": STATEMENT["parts"] * 30})))
    assert "1/2·VR-2026-000123·版本1·SHA-256" in text and "2/2·VR-2026-000123" in text


@pytest.mark.parametrize("kind", ["photograph", "transparent"])
def test_a_large_stamp_does_not_make_a_large_paper(kind):
    assert len(render(paper(stamp=large_stamp(transparent=kind == "transparent")))) < 240 * 1024


def test_what_was_written_in_lines_stays_in_lines():
    statement = STATEMENT | {"requests": [{"text": "检查楼层交换机\n以及无线控制器"}, {"text": "<b>备份</b>"}]}
    lines = subprocess.run(["pdftotext", "-layout", "-", "-"], input=render(paper(statement=statement)), capture_output=True)
    shown = [line.split()[-1] for line in lines.stdout.decode().splitlines() if line.strip()]
    assert [line for line in shown if "交换机" in line or "无线" in line or "备份" in line][-3:] == [
        "检查楼层交换机", "以及无线控制器", "<b>备份</b>",
    ]  # fmt: skip


def test_the_companys_logo_stands_in_the_head_and_stays_small(pdf):
    data = render(paper(logo=large_stamp(transparent=True)))

    assert pages_of(data) == 1 and len(data) < len(pdf) + 20 * 1024
    assert len(PdfReader(io.BytesIO(data)).pages[0].images) == len(PdfReader(io.BytesIO(pdf)).pages[0].images) + 1


def test_a_made_paper_has_the_logo_of_the_company(house, chen, wang, at, tmp_path):
    house.logo = store_photo(upload=SimpleUploadedFile("logo.png", large_stamp(transparent=False)), by=chen, at=at, kind="photo")
    house.save()
    _visit, sign_off = visits.signed(chen, at, wang.engineer)

    assert input_of(Paper.objects.get(sign_off=sign_off)).logo == read(house.logo)
