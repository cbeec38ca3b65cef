"""A real server process that a test can stop and start, and a laptop: a browser with a profile on the disk that can be killed."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection
from playwright.sync_api import Error

from tests.browser.flags import FLAGS, PATIENCE, SIZES
from tests.people import PASSWORD

PASSPHRASE = "四月的雨下在机房 2026"


def lasting_port():
    """A free port that the system hands to nobody while the server is down: below those it gives out by itself."""
    while True:
        port = random.randint(20_000, 30_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def database_url():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


class Server:
    """gunicorn on the test's database, always at the same address."""

    def __init__(self):
        self.port, self.process = lasting_port(), None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self, release="fieldservice.wsgi"):
        command = [sys.executable, "-m", "gunicorn", release, "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        command += ["--threads", "4"]  # as in bin/run: the browser's idle sockets must not hold a worker
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | {"DATABASE_URL": database_url()}
        self.process = subprocess.Popen(
            [*command, "--preload", "--no-control-socket"], env=environment, start_new_session=True, **quiet
        )
        end = time.monotonic() + 90
        while not self._listens():
            assert time.monotonic() < end and self.process.poll() is None, "the server did not start"
            time.sleep(0.05)
        return self

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None


def collect_static():
    """Hashed static files, as a company runs them; once a test run."""
    done = settings.DATA_DIR / "static" / "staticfiles.json"
    if not done.exists():
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
        ignored = ["ext", "paper-fonts", "echarts"]
        environment = os.environ | {"DATABASE_URL": "sqlite://"}
        subprocess.run([*command, *(f"--ignore={name}" for name in ignored)], check=True, capture_output=True, env=environment)


class Laptop:
    """One browser profile. `errors` collects what the pages' scripts threw."""

    def __init__(self, play, folder, url, size="laptop", language="zh-CN"):
        self.play, self.folder, self.url, self.errors = play, folder, url, []
        self.facts = {"viewport": SIZES[size], "locale": language, "base_url": url, "accept_downloads": True}
        self.context = None

    def open(self):
        self.context = self.play.chromium.launch_persistent_context(
            self.folder,
            executable_path=shutil.which("chromium"),
            args=[*FLAGS, f"--unsafely-treat-insecure-origin-as-secure={self.url}"],
            **self.facts,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        return self.page()

    def page(self):
        pages = self.context.pages
        page = pages[0] if len(pages) == 1 and pages[0].url == "about:blank" else self.context.new_page()
        page.on("console", lambda line: self.errors.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    def close(self):
        if self.context:
            self.context.close()
            self.context = None

    def kill(self):
        """The power goes: every process of this browser at once."""
        for pid in self.pids():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            self.context.close()
        except Exception:
            pass
        self.context = None
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.folder / name).unlink(missing_ok=True)

    def pids(self):
        mark = f"--user-data-dir={self.folder}".encode()
        for entry in os.listdir("/proc"):
            try:
                if entry.isdigit() and mark in open(f"/proc/{entry}/cmdline", "rb").read():
                    yield int(entry)
            except OSError:
                continue

    def files_on_disk(self):
        return [path for path in self.folder.rglob("*") if path.is_file()]


def sign_in(page, username="wang"):
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form[novalidate] button")
    page.wait_for_url("**/")


def make_ready(page, number):
    """Set the passphrase and load everything: the page before leaving ends in "ready"."""
    page.goto(f"/visits/{number}/ready/")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.fill("[name=again]", PASSPHRASE)
    page.click("form.entrance button")
    page.wait_for_selector("#verdict.state-ready")


def unlock(page, passphrase=PASSPHRASE):
    page.fill("[name=passphrase]", passphrase)
    page.click("form.entrance button")


def take_back(page, number):
    """The engineer takes the laptop back from the customer: passphrase, then password."""
    page.click("footer [data-leave]")
    unlock(page)
    page.wait_for_url(re.compile("/record/$|/leave/$"))
    page.goto(f"/visits/{number}/sign/leave/")
    page.fill("[name=secret]", PASSWORD)
    page.click("form[novalidate] button")
    page.wait_for_url(f"**/visits/{number}/")


def until(page, script, is_so):
    """Ask the page again and again, across navigations, until `is_so(answer)`."""
    end = time.monotonic() + PATIENCE / 1000
    answer = None
    while time.monotonic() < end:
        try:
            answer = page.evaluate(script)
        except Error:  # on the way to another page
            answer = None
        if answer is not None and is_so(answer):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"still {answer}")
