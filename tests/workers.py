"""Real Celery workers for the tests that need one: another process, on the test's own database and Redis."""

import os
import signal
import subprocess
import sys

import redis
from django.conf import settings
from django.db import connection


def start_worker(*flags, **variables):
    """A worker process; `variables` are environment variables of the product, such as SMTP_HOST."""
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "fieldservice",
        "worker",
        "--concurrency",
        "2",
        "--loglevel",
        "WARNING",
        *flags,
    ]
    environment = os.environ | {"DATABASE_URL": url} | {name: str(value) for name, value in variables.items()}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=environment, start_new_session=True, **quiet)


def kill(process):
    """The power goes: master and children at once, without a word."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def empty_redis():
    """As if Redis had lost everything."""
    path = settings.CELERY_BROKER_URL.removeprefix("redis+socket://")
    redis.Redis(unix_socket_path=path).flushall()
