"""Celery's two ends for tests: real workers in another process, and the client that rings for them."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import redis
from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import pools


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


@contextmanager
def broker_at(url):
    """Celery's real client rings at `url`, and afterwards where it rang before.

    A pool keeps the address that it was made with, and kombu keeps every pool by its address, closed ones too: whoever closes
    one without forgetting it leaves a client that can ring nowhere. So all are forgotten, both ways.
    """
    before = current_app.conf.broker_url
    _ring_at(url)
    try:
        yield
    finally:
        _ring_at(before)


def _ring_at(url):
    current_app.conf.broker_url = url
    pools.reset()
    current_app.amqp._producer_pool = None
    current_app._pool = None
