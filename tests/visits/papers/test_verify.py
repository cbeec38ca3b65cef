"""The verify page, as strangers meet it: in plain words, whatever they bring; and what to do when a paper could not be made."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from conduct.notices.models import Notice
from conduct.trail.models import Event
from tests.factories import visits
from tests.visits.papers.pages import large_stamp, paper
from visits.papers import actions, check
from visits.papers.models import Paper
from visits.papers.render import render
from visits.papers.seal import certificates, sealer


@pytest.fixture(scope="module")
def page():
    return render(paper())


@pytest.fixture
def ours(tmp_path):
    return sealer(tmp_path / "ours", company="远景", at=timezone.now())


@pytest.fixture
def sealed(page, ours):
    return ours.seal(page, reason="test")


@pytest.fixture
def countersigned(sealed, tmp_path):
    """The sealed file, signed once more by somebody else's key."""
    theirs = sealer(tmp_path / "theirs", company="南京市第一中学", at=timezone.now())
    out = io.BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name="Countersignature", md_algorithm="sha256")
    signers.PdfSigner(metadata, signer=theirs.signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed)), output=out)
    return out.getvalue()


@pytest.fixture
def signed(house, chen, wang, at):
    _visit, sign_off = visits.signed(chen, at, wang.engineer)
    return Paper.objects.get(sign_off=sign_off)


def dropped(client, data, name="p.pdf", language="en"):
    client.cookies["django_language"] = language
    return client.post("/verify/", {"paper": SimpleUploadedFile(name, data)})


def test_a_countersigned_file_is_told_from_an_altered_one(sealed, countersigned, tmp_path):
    trusted = certificates(tmp_path / "ours")

    assert check.sealed_part(countersigned) == sealed
    assert check.signed_since(countersigned, trusted) == ["南京市第一中学"]
    assert check.signed_since(sealed, trusted) is None
    assert check.signed_since(countersigned + b"\n%%added", trusted) is None
    assert check.signed_since(with_an_extra(countersigned), trusted) is None


def test_a_page_that_was_changed_before_somebody_signed_is_altered(sealed, tmp_path):
    theirs = sealer(tmp_path / "theirs", company="学校", at=timezone.now())
    out = io.BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name="Countersignature")
    changed = IncrementalPdfFileWriter(io.BytesIO(with_an_extra(sealed)))
    signers.PdfSigner(metadata, signer=theirs.signer).sign_pdf(changed, output=out)

    assert check.signed_since(out.getvalue(), certificates(tmp_path / "ours")) is None


def with_an_extra(data):
    """The file with a second picture of the page's contents, as an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = page.get("/Rotate", writer.root["/Pages"]["/Count"])
    writer.mark_update(page.get_container_ref())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_verify_page_names_who_signed_after_us(signed, page, ours, at, settings, tmp_path, client):
    settings.KEYS_DIR = tmp_path / "ours"
    made = actions.make(paper=signed, render=lambda _paper: page, sealer=ours, at=at)
    from conduct.files.queries import read

    theirs = sealer(tmp_path / "theirs", company="南京市第一中学", at=timezone.now())
    out = io.BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name="Countersignature")
    signers.PdfSigner(metadata, signer=theirs.signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(read(made.file))), output=out)

    english = dropped(client, out.getvalue())
    chinese = dropped(client, out.getvalue(), language="zh-hans").content.decode()

    assert english.context["finding"]["verdict"] == "extended"
    assert "signed by: 南京市第一中学" in english.content.decode()
    assert "真实，之后另有签名" in chinese and made.number in chinese


def test_what_is_no_pdf_is_told_so_beside_the_field(client, house):
    said = dropped(client, large_stamp(transparent=False), name="printout.jpg").content.decode()

    assert "This is not a PDF. Of a printout, a scan or a photo check the QR code." in said


def test_the_code_on_a_visit_sheet_says_what_it_is_and_gives_the_hotline(client, house):
    said = client.get("/verify/?number=VR-2026-000123", headers={"accept-language": "en"}).content.decode()

    assert "A visit sheet" in said and "not a sealed report" in said and "400-820-5566" in said


def test_the_certificates_are_there_for_other_programs(client, house, ours, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "ours"
    said = client.get("/verify/", headers={"accept-language": "en"}).content.decode()
    given = client.get("/verify/certificates.pem")

    assert given.content == (tmp_path / "ours" / f"{ours.key_id}.crt").read_bytes()
    assert certificates(tmp_path / "ours")[0].sha256.hex(":").upper() in said and "PRIVATE" not in given.content.decode()


def test_a_paper_that_fails_for_good_is_told_and_can_be_tried_again(client, signed, ours, page, chen, at, settings):
    def broken(_paper):
        raise OSError("No space left on device")

    for _try in range(actions.TRIES):
        signed = Paper.objects.get(pk=signed.pk)
        actions.make(paper=signed, render=broken, sealer=ours, at=at)
    visit = signed.sign_off.visit
    told = Notice.objects.get(to=chen, code="paper.failed")
    assert "No space left" in told.facts["problem"] and told.url == visit.get_absolute_url()

    client.force_login(chen)
    assert "No space left" in client.get(visit.get_absolute_url()).content.decode()
    client.post(f"/visits/{visit.number}/paper/1/again/")
    again = Paper.objects.get(pk=signed.pk)

    assert (again.state, again.tries, again.problem) == ("asked", 0, "")
    assert Event.objects.get(verb="paper.asked_again").by_name == chen.name
    assert actions.make(paper=again, render=lambda _paper: page, sealer=ours, at=at).state == "sealed"


def test_an_engineer_cannot_ask_for_a_paper_again(client, signed, wang):
    client.force_login(wang)

    assert client.post(f"/visits/{signed.sign_off.visit.number}/paper/1/again/").status_code == 404
    assert not Event.objects.filter(verb="paper.asked_again").exists()
