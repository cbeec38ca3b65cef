#!/usr/bin/env python
"""What was acknowledged while typing is there after the browser is killed, or after the power is cut.

    python tests/faults/autosave.py kill [saves] [kills]      1,000 saves and 10 kills unless said otherwise
    python tests/faults/autosave.py power [cuts]              as root: the profile lies on a loop file system whose image is copied
                                                              while the page writes; the copy is what a power cut leaves

Wang types into the dialog of a note while the server is stopped; each save that the page acknowledges is written down here. Then
every process of the browser is killed at once (or the copy is mounted), the browser opened anew, the passphrase typed, and the
draft compared with the last save acknowledged. `power` runs a second time with relaxed writes, which have to lose something, or
the rig would prove nothing. Exit status 1 when anything acknowledged is lost, or the relaxed run loses nothing.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
SEED = 7
NOTE = "说明 …"
TYPE = """(first) => {
    const form = document.querySelector("#dialog form"), box = form.querySelector("[name=text]");
    let number = first;
    const next = () => {
        box.value = `autosave ${number}`;
        box.dispatchEvent(new Event("input", { bubbles: true }));
    };
    form.addEventListener("draftsaved", ({ detail }) => {
        acknowledged(Number(detail.text.split(" ")[1]));
        number += 1;
        setTimeout(next, 0);
    });
    next();
}"""
RELAXED = """{
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode) { return transaction.call(this, stores, mode); };
}"""


class Typing:
    """The dialog of a note in which the page types by itself. `last` is the newest save that it acknowledged."""

    def __init__(self, laptop, visit):
        self.laptop, self.visit, self.last, self.page = laptop, visit, 0, None

    def open(self, *, relaxed=False):
        """A fresh page of the record, unlocked, with the dialog open. Returns the number that the draft brought back."""
        from tests.browser.laptops import unlock

        self.page = self.laptop.open()
        if relaxed:
            self.laptop.context.add_init_script(RELAXED)
        self.page.expose_function("acknowledged", self._acknowledged)
        self.page.goto(f"/visits/{self.visit.number}/record/")
        unlock(self.page)
        self.page.click(f"button:text-is('{NOTE}')")
        self.page.wait_for_selector("#dialog[open]")  # it opens when what was typed before is back
        typed = self.page.input_value("#dialog [name=text]")
        return int(typed.split()[-1]) if typed else 0

    def _acknowledged(self, number):
        self.last = max(self.last, number)

    def run(self, first, until=None, ms=0):
        self.page.evaluate(TYPE, first)
        while until and self.last < until:
            self.page.wait_for_timeout(5)
        self.page.wait_for_timeout(ms)


def on_site(page, server, visit):
    """The notes' button stands on the page after the arrival."""
    from tests.browser.stages import arrive

    server.stop()
    page.goto(f"/visits/{visit.number}/record/")
    arrive(page)


def kill(play, server, visit, saves=1000, kills=10):
    from tests.browser.alone import ready_laptop

    rng, lost = random.Random(SEED), 0
    folder = Path(tempfile.mkdtemp()) / "profile"
    with ready_laptop(play, folder, server, visit) as (laptop, page):
        on_site(page, server, visit)
        laptop.close()
        typing, restored = Typing(laptop, visit), 0
        for round_number in range(1, kills + 1):
            back = typing.open()
            lost += max(0, restored - back)
            typing.run(back + 1, until=saves * round_number // kills, ms=rng.randint(0, 40))
            laptop.kill()
            restored = typing.last
        back = typing.open()
        lost += max(0, restored - back)
    print(f"killed {kills} times: {typing.last} saves acknowledged, {lost} lost")
    return lost == 0 and typing.last >= saves


def power(play, server, visit, cuts=5):
    outcomes = {}
    for name, relaxed in (("strict", False), ("relaxed", True)):
        if not server.process:
            server.start()
        outcomes[name] = cut_power(play, server, visit, cuts, relaxed)
        print(f"power cut {cuts} times, {name} writes: {outcomes[name][0]} saves acknowledged, {outcomes[name][1]} lost")
    return outcomes["strict"][1] == 0 and outcomes["relaxed"][1] > 0


def cut_power(play, server, visit, cuts, relaxed):
    """(saves acknowledged, saves lost) over `cuts` power cuts, each from a fresh copy of the image."""
    from tests.browser.alone import ready_laptop
    from tests.browser.laptops import Laptop

    rng, place = random.Random(SEED), Path(tempfile.mkdtemp())
    image, copy, disk, after = place / "image", place / "copy", place / "disk", place / "after"
    make_disk(image, disk)
    acknowledged = lost = 0
    try:
        with ready_laptop(play, disk / "profile", server, visit) as (laptop, page):
            on_site(page, server, visit)
            laptop.close()
            subprocess.run(["sync", "-f", disk], check=True)
            typing = Typing(laptop, visit)
            begun = typing.open(relaxed=relaxed)
            typing.run(begun + 1)
            for _cut in range(cuts):
                typing.page.wait_for_timeout(rng.randint(500, 1500))
                last = typing.last
                shutil.copyfile(image, copy)
                mount(copy, after)
                try:
                    found = Typing(Laptop(play, after / "profile", server.url), visit)
                    clean(after / "profile")
                    back = found.open()
                    found.laptop.close()
                finally:
                    subprocess.run(["umount", after], check=True)
                lost += max(0, last - back)
            acknowledged = typing.last - begun
    finally:
        subprocess.run(["umount", disk], check=False)
        shutil.rmtree(place, ignore_errors=True)
    return acknowledged, lost


def make_disk(image, folder):
    with image.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    mount(image, folder)


def mount(image, folder):
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)


def clean(profile):
    for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
        (profile / name).unlink(missing_ok=True)


def main(what, *numbers):
    from tests.browser.alone import set_up

    server, visit = set_up()
    from playwright.sync_api import sync_playwright

    try:
        with sync_playwright() as play:
            return {"kill": kill, "power": power}[what](play, server, visit, *map(int, numbers))
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(0 if main(*(sys.argv[1:] or ["kill"])) else 1)
