"""Work in a forked child of at most 1 GiB more than this process and 60 seconds: what it eats or breaks dies with it.

A fork also works inside Celery's daemonic workers, where multiprocessing is not allowed, and inherits what is warm here.
"""

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
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        with open("/proc/self/statm") as file:
            limit = int(file.read().split()[0]) * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(_try(work)))
        status = 0
    finally:
        os._exit(status)


def _try(work):
    try:
        return True, work()
    except BaseException as error:  # a forbidden address in a document is a BaseException in weasyprint
        return False, f"{type(error).__name__}: {error}"
