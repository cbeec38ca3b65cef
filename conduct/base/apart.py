"""Work in a forked child of at most 1 GiB more than this process and 60 seconds: what it eats or breaks dies with it.

A fork also works inside Celery's daemonic workers, where multiprocessing is not allowed, and inherits what is warm here.
"""

import gc
import os
import pickle
import resource
import signal

MEMORY, SECONDS = 1 << 30, 60


class Failed(Exception):
    """The child died, ran out of memory or time, or its work raised; the message says which."""


def apart(work):
    """What `work()` returns, worked out in a forked child. It may not touch the database. Raises Failed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _child(work, reader, writer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as pipe:
            answer = pipe.read()
    except BaseException:  # a time limit of our own: nobody waits for the child any more
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _pid, status = os.waitpid(child, 0)
    if status or not answer:
        raise Failed(f"the child ended with status {status}")
    ok, result = pickle.loads(answer)
    if not ok:
        raise Failed(result)
    return result


def _child(work, reader, writer):
    """Never returns: leaves without the parent's exit handlers."""
    status = 1
    try:
        os.close(reader)
        bound()
        signal.alarm(SECONDS)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(attempt(work)))
        status = 0
    finally:
        os._exit(status)


def bound():
    """In a child: at most 1 GiB more than now, and signals end it. Nothing is collected, so that shared pages stay shared."""
    gc.disable()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limit = size_now() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def size_now():
    """Bytes of address space of this process."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def attempt(work):
    """(True, what it returns) or (False, the error in words)."""
    try:
        return True, work()
    except BaseException as error:  # a forbidden address in a document is a BaseException in weasyprint
        return False, f"{type(error).__name__}: {error}"
