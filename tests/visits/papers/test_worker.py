"""The renderer apart: it stays for the next paper, and whatever goes wrong ends it and nothing else."""

import gc
import os
import signal
import socket
import time
from unittest.mock import Mock

import pytest
from celery.signals import worker_init

from conduct.base.apart import MEMORY
from conduct.base.printing import Forbidden
from tests.visits.papers.pages import STATEMENT, paper
from visits.papers import tasks, worker
from visits.papers.render import render
from visits.papers.worker import RenderFailed, render_apart

TOO_LARGE = paper(statement=STATEMENT | {"parts": STATEMENT["parts"] * 201})
ENGLISH = paper(statement=STATEMENT | {"language": "en"}, kind="refused", strokes=None, refusal_reason="It still alarms.")


class Interrupted(Exception):
    """As Celery's soft time limit: raised wherever the process happens to be."""


@pytest.fixture(autouse=True)
def fresh():
    worker.dismiss()
    yield
    worker.dismiss()


def renderer():
    return worker._child and worker._child.pid


def test_the_renderer_stays_and_a_paper_does_not_depend_on_those_before_it():
    first = render_apart(paper())
    chosen = renderer()
    render_apart(ENGLISH)

    assert render_apart(paper()) == first == render(paper())
    assert renderer() == chosen


def test_a_document_that_fails_takes_its_renderer_with_it():
    render_apart(paper())
    before = renderer()

    with pytest.raises(RenderFailed, match="201 rows"):
        render_apart(TOO_LARGE)

    assert render_apart(paper()).startswith(b"%PDF-")
    assert renderer() != before


def test_a_renderer_that_went_between_two_papers_is_replaced():
    render_apart(paper())
    os.kill(renderer(), signal.SIGKILL)
    os.waitid(os.P_PID, renderer(), os.WEXITED | os.WNOWAIT)

    assert render_apart(paper()).startswith(b"%PDF-")


def test_a_document_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(worker, "SECONDS", 1)
    monkeypatch.setattr(worker, "render", lambda _paper: time.sleep(30))

    with pytest.raises(RenderFailed, match=f"status {signal.SIGALRM.value}"):
        render_apart(paper())


def test_a_document_that_eats_the_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(worker, "render", lambda _paper: bytes(2 * MEMORY))

    with pytest.raises(RenderFailed, match="MemoryError"):
        render_apart(paper())


def test_a_renderer_that_grew_is_not_kept(monkeypatch):
    monkeypatch.setattr(worker, "GROWTH", 0)

    assert render_apart(paper()).startswith(b"%PDF-")
    assert renderer() is None


def test_a_renderer_makes_so_many_papers_and_no_more(monkeypatch):
    monkeypatch.setattr(worker, "PAPERS", 2)

    render_apart(paper())
    assert renderer()
    render_apart(ENGLISH)
    assert renderer() is None


def test_a_fork_of_a_warm_process_knows_what_the_specimen_did_not_have():
    worker.get_ready()
    gc.unfreeze()
    foreign = paper(statement=STATEMENT | {"notes": [{"text": "ไทย العربية 🛠 日本語カナ 한글 ẞ"}]})

    assert render_apart(foreign) == render(foreign)


def test_the_worker_warms_up_before_its_pool_forks(monkeypatch):
    done = []
    monkeypatch.setattr(tasks, "get_ready", lambda: done.append("ready"))

    worker_init.send(sender=Mock(app=None))

    assert done == ["ready"]


def test_a_worker_without_the_papers_font_still_starts(monkeypatch):
    def missing():
        raise Forbidden("fonts:regular: the paper's font is not installed")

    monkeypatch.setattr(tasks, "get_ready", missing)

    tasks.warm()


def test_the_answer_of_an_interrupted_paper_is_not_taken_for_the_next_ones():
    def interrupt(_signal, _frame):
        raise Interrupted

    render_apart(paper())
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        with pytest.raises(Interrupted):
            render_apart(ENGLISH)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert render_apart(paper()) == render(paper())


def test_what_this_process_closes_does_not_stay_open_in_the_renderer():
    here, there = socket.socketpair()
    render_apart(paper())

    here.close()

    there.settimeout(2)
    assert there.recv(1) == b""
    there.close()
