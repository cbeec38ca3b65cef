"""A trusted clock on the seal: with it, without it, and with one that lies; no paper waits for it."""

import dataclasses
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from conduct.files.queries import read
from conduct.trail.models import Event
from tests.factories import visits
from tests.visits.papers.pages import pages_of, paper
from tests.visits.papers.tsa import MOMENT, Tsa, serving
from visits.papers import actions, check, tasks
from visits.papers.models import Paper, TimeStamp
from visits.papers.queries import without_time_stamp
from visits.papers.render import render
from visits.papers.seal import certificates, make_key, seal_with_time, sealer
from visits.papers.time_stamps import Service

NAME = "国家授时测试站"


@pytest.fixture(scope="module")
def page():
    return render(paper())


@pytest.fixture(scope="module")
def running():
    tsa = Tsa()
    with serving(tsa) as url:
        yield tsa, url


@pytest.fixture
def tsa(running):
    tsa, _url = running
    tsa.mood, tsa.asked = "granted", 0
    return tsa


@pytest.fixture
def service(running):
    tsa, url = running
    return Service(url, roots=(tsa.certificate,), seconds=0.7)


@pytest.fixture
def seal(page, tmp_path):
    ours = sealer(tmp_path, company="远景", at=timezone.now())
    return lambda stamper: ours.seal(page, reason="test", stamper=stamper)


@pytest.fixture
def ask(house, chen, wang, at, page, settings, tmp_path):
    """Makes the paper of one signed visit with a service."""
    settings.KEYS_DIR = tmp_path
    _visit, sign_off = visits.signed(chen, at, wang.engineer)

    def make(service):
        seal = sealer(tmp_path, company="远景", at=timezone.now())
        row = Paper.objects.get(sign_off=sign_off)
        return actions.make(paper=row, render=lambda _paper: page, sealer=seal, at=at, time=service)

    return make


def test_the_seal_carries_the_services_time_and_poppler_agrees(seal, tsa, service, tmp_path):
    data, stamp, problem = seal_with_time(seal, service)

    assert (stamp.at, stamp.by, problem, tsa.asked) == (MOMENT, NAME, "", 1)
    (tmp_path / "p.pdf").write_bytes(data)
    said = subprocess.run(["pdfsig", tmp_path / "p.pdf"], capture_output=True, text=True).stdout
    assert check.seal_is_whole(data, certificates(tmp_path)) and "Signature is Valid" in said
    assert pages_of(data) == 1 and len(data) < 240 * 1024


@pytest.mark.parametrize("mood", ["refused", "other", "page", "broken", "silent"])
def test_a_service_that_gives_no_time_holds_no_paper_up(seal, tsa, service, mood, tmp_path):
    tsa.mood = mood

    data, stamp, problem = seal_with_time(seal, service)

    assert check.seal_is_whole(data, certificates(tmp_path))
    assert stamp is None and problem and tsa.asked == 2


def test_a_service_that_is_not_there_holds_no_paper_up(seal, tmp_path):
    data, stamp, problem = seal_with_time(seal, Service("http://127.0.0.1:9/", seconds=0.7))

    assert check.seal_is_whole(data, certificates(tmp_path)) and stamp is None
    assert "127.0.0.1:9" in problem


def test_a_clock_that_nobody_here_trusts_does_not_count(seal, tsa, service, tmp_path, at):
    make_key(tmp_path, company="somebody", at=at)
    strict = dataclasses.replace(service, roots=tuple(certificates(tmp_path)))

    assert "root" in seal_with_time(seal, strict)[2]


def said_of(client, made):
    """What the verify page says of a paper's file, in English and in Chinese."""
    pages = []
    for language in ("en", "zh-hans"):
        client.cookies["django_language"] = language
        upload = SimpleUploadedFile("p.pdf", read(made.file))
        pages.append(client.post("/verify/", {"paper": upload}).content.decode())
    return pages


def test_the_verify_page_names_the_service_and_its_moment(ask, tsa, service, client):
    english, chinese = said_of(client, ask(service))

    assert f"“{NAME}”, confirms" in english and f"时间戳服务“{NAME}”证明" in chinese
    assert "2026-11-24 11:43:07 UTC+0800" in english and "2026-11-24 11:43:07 UTC+0800" in chinese


def test_without_a_service_the_time_is_the_companys_own(ask, client):
    english, chinese = said_of(client, ask(None))

    assert "company’s own clock." in english and "取自本公司的时钟。" in chinese
    assert not TimeStamp.objects.exists()


def test_a_service_that_comes_back_stamps_the_finished_file(ask, tsa, service, settings, running, tmp_path, client):
    tsa.mood = "refused"
    made = ask(service)
    english, chinese = said_of(client, made)
    assert made.state == "sealed" and "did not answer" in english and "时间戳服务未应答" in chinese
    before = read(made.file)
    settings.TSA_URL, settings.TSA_ROOTS = running[1], str(tmp_path / "roots.pem")
    (tmp_path / "roots.pem").write_bytes(tsa.pem.public_bytes(serialization.Encoding.PEM))
    tasks.stamp()
    assert without_time_stamp().get() == made

    tsa.mood = "granted"
    tasks.stamp()

    late = TimeStamp.objects.get()
    assert (late.at, late.by, late.problem) == (MOMENT, NAME, "")
    assert read(made.file) == before and "confirms" in said_of(client, made)[0]
    assert Event.objects.filter(verb="paper.time_stamped").count() == 1
    assert "Verification: OK" in openssl_says(tmp_path, late.token, made.sha256)


def openssl_says(folder, token, sha256):
    (folder / "token").write_bytes(token)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", "token", "-digest", sha256, "-CAfile", "roots.pem"]
    done = subprocess.run([*command, "-partial_chain"], cwd=folder, capture_output=True, text=True)
    return done.stdout + done.stderr
