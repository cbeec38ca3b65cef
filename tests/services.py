"""The real services that the tests run against, started for one test run and ended with it.

A pytest plugin: it starts before Django reads its settings. `--sqlite` runs on the embedded database instead.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

STARTED = []
CHAINS = ("tests/browser/", "tests/faxline/")  # they wait for browsers and for the one fax line, while other processes count
SLOW = (*CHAINS, "tests/visits/demo/", "tests/faults/", "tests/test_access.py", "tests/test_lists.py", "tests/test_metrics.py")


def pytest_addoption(parser):
    parser.addoption("--sqlite", action="store_true", help="run on SQLite instead of PostgreSQL")
    parser.addoption("--packages", type=int, default=10, help="signed packages of the test with a bad line; 500 for the figure")
    parser.addoption("--seed", type=int, default=7, help="seed of the faults on the line")
    parser.addoption("--stories", action="store_true", help="the long stories in several browsers too, some minutes each")
    parser.addoption("--pictures", type=Path, help="a folder for pictures of the long stories' pages")
    parser.addoption("--operations", type=int, default=120, help="random operations of the tests that count the month")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """A wrapper, because wrappers run before pytest-django reads the settings."""
    if early_config.known_args_namespace.numprocesses and "PYTEST_XDIST_WORKER" not in os.environ:
        # Each of the processes that run the tests starts its own. What they collect from a set has to come in one order.
        os.environ.setdefault("PYTHONHASHSEED", str(os.getpid()))
        return (yield)
    folder = Path(tempfile.mkdtemp(prefix="fieldservice-tests-"))
    folder.chmod(0o755)
    STARTED.append(folder)
    os.environ["DATA_DIR"] = str(folder / "data")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    os.environ["REDIS_URL"] = start_redis(folder)
    if "--sqlite" in early_config.invocation_params.args:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/tests.sqlite3"
    else:
        os.environ["DATABASE_URL"] = start_postgresql(folder)
    return (yield)


def pytest_collection_modifyitems(items):
    """What takes longest begins, or one process would stand idle at the end: the chains, a few slow files, then files by their tests."""
    many = Counter(item.nodeid.partition("::")[0] for item in items)

    def place(item):
        file = item.nodeid.partition("::")[0]
        slow = next((place for place, start in enumerate(SLOW) if file.startswith(start)), len(SLOW))
        return slow, -many[file]

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """`-n 3`: a file's tests stay together for what they share, and each chain in one process."""
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False  # in the order above

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return next((chain for chain in CHAINS if file.startswith(chain)), file)

    return Together(config, log)


def pytest_unconfigure():
    for thing in reversed(STARTED):
        if isinstance(thing, Path):
            shutil.rmtree(thing, ignore_errors=True)
        else:
            thing.send_signal(signal.SIGINT)  # PostgreSQL then waits for nobody who is still connected
            thing.wait(60)
    STARTED.clear()


def start_redis(folder):
    path = folder / "redis.sock"
    _start(["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no"], folder / "redis.log")
    _wait(path.exists, "Redis")
    return f"redis+socket://{path}"


def start_postgresql(folder):
    """A cluster of its own on a free loopback port. initdb refuses root, so root hands over to the user postgres."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    data, port = folder / "postgresql", free_port()
    data.mkdir()
    prefix = []
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(data, owner.pw_uid, owner.pw_gid)
        prefix = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    initdb = [programs / "initdb", "-D", data, "-U", "tests", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*prefix, *map(str, initdb)], check=True, capture_output=True, cwd=data)
    options = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "unix_socket_directories="]
    server = [*prefix, str(programs / "postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port), *options]
    _start(server, folder / "postgresql.log", cwd=data)
    _wait(lambda: _listens(port), "PostgreSQL")
    return f"postgres://tests@127.0.0.1:{port}/postgres"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start(command, log, cwd=None):
    with log.open("wb") as out:
        STARTED.append(subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=cwd))


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(ready, name, seconds=90):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{name} did not start")
        time.sleep(0.05)
