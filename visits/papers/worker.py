"""Rendering in a child process: what a document eats or breaks dies with the child.

The parent is warm (fonts and stylesheet loaded); each render is a fork of it, which also works inside Celery's
daemonic workers, where multiprocessing is not allowed.
"""

import gc
import os
import pickle
import resource
import signal

from .render import render, warm_up

MEMORY = 1 << 30
SECONDS = 60


class RenderFailed(Exception):
    """The child died, ran out of memory or time, or refused the document; the message says which."""


def render_apart(paper):
    """`render(paper)` in a forked child of at most 1 GiB more than the parent and 60 s. Raises RenderFailed."""
    warm_up()
    gc.freeze()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _work(paper, reader, writer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as pipe:
            answer = pipe.read()
    finally:
        _pid, status = os.waitpid(child, 0)
        gc.unfreeze()
    if status or not answer:
        raise RenderFailed(f"the renderer ended with status {status}")
    ok, result = pickle.loads(answer)
    if not ok:
        raise RenderFailed(result)
    return result


def _work(paper, reader, writer):
    """The child: never returns, touches no database, leaves without the parent's exit handlers."""
    status = 1
    try:
        os.close(reader)
        gc.disable()  # a child of one document has nothing to collect; the memory limit holds
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        limit = _size_now() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(_try(paper)))
        status = 0
    finally:
        os._exit(status)


def _try(paper):
    try:
        return True, render(paper)
    except BaseException as error:  # a forbidden address in a document is a BaseException in weasyprint
        return False, f"{type(error).__name__}: {error}"


def _size_now():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
