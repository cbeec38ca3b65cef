"""A real record through a real fax line: the same pixels on the other side, and every trouble in our own words."""

import time

import pytest
from PIL import Image, ImageChops

from conduct.outbox.channels.base import ChannelError, Parcel
from conduct.outbox.channels.fax_hylafax.channel import Hylafax
from conduct.outbox.fax_pages import fax_pages
from tests.visits.papers.pages import STATEMENT, paper
from visits.papers.render import render

pytestmark = pytest.mark.fax
HEADER_ROWS = 40


def record(rows):
    parts = STATEMENT["parts"] * rows
    return render(paper(statement=STATEMENT | {"parts": parts}))


def send(port, number, pdf, reference):
    """(channel, remote id) of a submitted fax."""
    channel = Hylafax(host="127.0.0.1", port=port)
    files = [("record.pdf", "application/pdf", pdf)]
    parcel = Parcel(recipient=number, subject="s", body="b", files=files, reference=reference, message_id="<1>")
    passed = []
    receipt = channel.send(parcel, lambda: passed.append(True))
    assert passed == [True] and not receipt.final
    return channel, receipt.remote_id


def outcome(channel, job, seconds=120):
    """The final receipt, or the ChannelError that came instead."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            receipt = channel.poll(job)
        except ChannelError as error:
            if error.reason != "unreachable":
                return error
            receipt = None  # the server is busy with the job; the product asks again as well
        if receipt:
            return receipt
        time.sleep(0.5)
    raise TimeoutError(job)


def test_headquarters_gets_the_same_pixels(fax_line, tmp_path):
    port, received = fax_line
    pdf = record(rows=18)
    channel, job = send(port, "02520002002", pdf, "T-2026-000001-1")

    receipt = outcome(channel, job)

    assert receipt.final and receipt.pages == 2
    assert channel.find("T-2026-000001-1") == job
    compare(fax_pages([("p", "application/pdf", pdf)])[0], newest(received), tmp_path)


def newest(folder, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        files = sorted(folder.glob("*.tif"))
        if files and (folder.parent / "log" / "received.jsonl").exists():
            return files[-1]
        time.sleep(0.2)
    raise TimeoutError(folder)


def compare(sent, received, tmp_path):
    (tmp_path / "sent.tif").write_bytes(sent)
    ours, theirs = Image.open(tmp_path / "sent.tif"), Image.open(received)
    assert ours.n_frames == theirs.n_frames == 2
    for page in range(2):
        ours.seek(page)
        theirs.seek(page)
        difference = ImageChops.difference(ours.convert("L"), theirs.convert("L"))
        assert difference.crop((0, HEADER_ROWS, *difference.size)).getbbox() is None


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("02520002091", "busy"),
        ("02520002092", "no_answer"),
        ("02520002093", "own_line"),  # the software exchange rejects a wrong number like a dead line
        ("02520002094", "not_a_fax"),
        ("02520002095", "dropped"),
    ],
)
def test_every_trouble_has_its_word(fax_line, number, reason):
    port, _received = fax_line
    channel, job = send(port, number, record(rows=1), f"D-{number}")

    error = outcome(channel, job)

    assert isinstance(error, ChannelError)
    assert error.reason == reason, (error.words, error.code)
