#!/usr/bin/env python
"""What was acknowledged while typing is there after every process of the browser was killed at once.

    python tests/faults/autosave.py [saves] [kills]      at least 1,000 saves and 10 kills unless said otherwise; seed 7

Wang types into the dialog of a note while the server is stopped; each save that the page acknowledges is written down here. Then the
browser is killed, opened anew, the passphrase typed, and the draft compared with the last save acknowledged. Runs on a database
and a server of its own. Exit status 1 when anything acknowledged is lost.
"""

import random
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


class Typing:
    """The dialog of a note in which the page types by itself. `last` is the newest save that it acknowledged."""

    def __init__(self, laptop, visit):
        self.laptop, self.visit, self.last, self.page = laptop, visit, 0, None

    def open(self):
        """A fresh page of the record, unlocked, with the dialog open. Returns the number that the draft brought back."""
        from tests.browser.laptops import unlock

        self.page = self.laptop.open()
        self.page.expose_function("acknowledged", self._acknowledged)
        self.page.goto(f"/visits/{self.visit.number}/record/")
        unlock(self.page)
        self.page.click(f"button:text-is('{NOTE}')")
        self.page.wait_for_selector("#dialog[open]")  # it opens when what was typed before is back
        typed = self.page.input_value("#dialog [name=text]")
        return int(typed.split()[-1]) if typed else 0

    def _acknowledged(self, number):
        self.last = max(self.last, number)

    def run(self, first, until, ms):
        """Type on from `first`, until as much is acknowledged and `ms` more have gone by."""
        self.page.evaluate(TYPE, first)
        while self.last < until:
            self.page.wait_for_timeout(5)
        self.page.wait_for_timeout(ms)


def kill(play, server, visit, saves, kills):
    """(saves acknowledged, saves lost)."""
    from tests.browser.alone import ready_laptop
    from tests.browser.stages import arrive

    rng, lost, kept = random.Random(SEED), 0, 0
    folder = Path(tempfile.mkdtemp()) / "profile"
    with ready_laptop(play, folder, server, visit) as (laptop, page):
        server.stop()
        page.goto(f"/visits/{visit.number}/record/")
        arrive(page)
        laptop.close()
        typing = Typing(laptop, visit)
        for round_number in range(1, kills + 1):
            back = typing.open()
            lost += max(0, kept - back)
            typing.run(back + 1, saves * round_number // kills, rng.randint(0, 40))
            laptop.kill()
            kept = typing.last
        lost += max(0, kept - typing.open())
    return kept, lost


def main(saves=1000, kills=10):
    from tests.browser.alone import set_up

    server, visit = set_up()
    from playwright.sync_api import sync_playwright

    try:
        with sync_playwright() as play:
            kept, lost = kill(play, server, visit, saves, kills)
    finally:
        server.stop()
    print(f"killed {kills} times: {kept} saves acknowledged, {lost} lost")
    return lost == 0 and kept >= saves


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
