"""Making papers in a child process: what a document eats or breaks dies with the child.

The child is a fork of a warm process. It makes one paper after the other, because the pages of memory that a fresh fork
copies are a third of a paper's time. After a failure, after documents that made it grow, after fifty papers or ten idle
minutes it is gone, and the next paper gets a new one. A process that prints once in a while takes `render_once`.
"""

import contextlib
import gc
import os
import pickle
import select
import signal
import threading
from dataclasses import dataclass
from typing import BinaryIO

from conduct.base.apart import Failed as RenderFailed
from conduct.base.apart import apart, attempt, bound, size_now

from .render import render, warm_up
from .specimen import specimens

__all__ = ["RenderFailed", "get_ready", "render_apart", "render_once"]

GROWTH = 256 << 20
PAPERS = 50
SECONDS = 60
IDLE_SECONDS = 600


@dataclass(frozen=True)
class Child:
    pid: int
    parent: int
    orders: BinaryIO
    answers: BinaryIO


_child = None
_turn = threading.Lock()


def get_ready():
    """Render once in each language, here, and freeze what is warm, so that every fork to come inherits it.

    For a process that makes papers all day: it takes two seconds, and without it the first paper of a child takes thrice as long.
    """
    for paper in specimens():
        render(paper)
    gc.collect()
    gc.freeze()


def render_once(paper):
    """`render(paper)` in a child of its own. Raises RenderFailed."""
    warm_up()
    return apart(lambda: render(paper))


def render_apart(paper):
    """`render(paper)` in a child of at most 1 GiB more than this process and 60 s. Raises RenderFailed."""
    with _turn:
        child = _child_of_this_process()
        stays = False
        try:
            pickle.dump(paper, child.orders)
            child.orders.flush()
            ok, result, stays = pickle.load(child.answers)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise RenderFailed(f"the renderer ended with status {dismiss()}") from error
        finally:
            if not stays:  # also when we were interrupted: its answer must not become the next paper's
                dismiss()
    if not ok:
        raise RenderFailed(result)
    return result


def dismiss():
    """End the child, whatever it does. Returns its exit status, None if there was none."""
    global _child
    child, _child = _child, None
    if child is None:
        return None
    for pipe in (child.orders, child.answers):
        with contextlib.suppress(OSError):  # closing writes what the child never read
            pipe.close()
    if child.parent != os.getpid():
        return None
    os.kill(child.pid, signal.SIGKILL)  # one that ended by itself keeps its own status
    return os.waitpid(child.pid, 0)[1]


def _child_of_this_process():
    global _child
    if _child and (_child.parent != os.getpid() or _has_gone(_child)):
        dismiss()
    _child = _child or _start()
    return _child


def _has_gone(child):
    """Between two papers a child says nothing, so a readable pipe is a closed one."""
    return bool(select.select([child.answers], [], [], 0)[0])


def _start():
    their_orders, our_orders = os.pipe()
    our_answers, their_answers = os.pipe()
    pid = os.fork()
    if pid == 0:
        _work(their_orders, their_answers)
    os.close(their_orders)
    os.close(their_answers)
    return Child(pid, os.getpid(), os.fdopen(our_orders, "wb"), os.fdopen(our_answers, "rb"))


def _work(orders, answers):
    """The child: never returns, touches no database, leaves without the parent's exit handlers."""
    status = 1
    try:
        _close_all_but(orders, answers)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # its parent may still finish a paper; it goes when the pipe closes
        warm_up()
        gc.freeze()
        bound()
        with os.fdopen(orders, "rb") as orders, os.fdopen(answers, "wb") as answers:
            _serve(orders, answers, largest=size_now() + GROWTH)
        status = 0
    finally:
        os._exit(status)


def _close_all_but(*kept):
    """What the parent has open (its database, a connection to a mail server) must not stay open because we have it too."""
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number not in kept:
            with contextlib.suppress(OSError):
                os.close(number)


def _serve(orders, answers, *, largest):
    """One paper after the other, until nobody asks. Garbage is collected between papers, not while one is made."""
    for number in range(1, PAPERS + 1):
        if not select.select([orders], [], [], IDLE_SECONDS)[0]:
            return
        paper = pickle.load(orders)
        signal.alarm(SECONDS)
        ok, result = attempt(lambda paper=paper: render(paper))
        signal.alarm(0)
        stays = ok and number < PAPERS and size_now() < largest
        pickle.dump((ok, result, stays), answers)
        answers.flush()
        if not stays:
            return
        gc.collect()
