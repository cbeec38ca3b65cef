#!/usr/bin/env python
"""The record page on a laptop without a network: how soon it can be used, how much script it loads, what an autosave costs.

    python benchmarks/record_page.py [rounds] [saves]

A real server is started, the laptop made ready, the server stopped. Then, on a CPU slowed four times by Chromium, the page is
opened again and again from the laptop's own cache, until the stage that is on has its buttons; the peer in the same run is the empty page that
stands in for every other address. Autosaves are measured from the key's event to the acknowledgement, which comes after the
strict write, at full speed. Script is counted as it would travel: each file compressed by itself (gzip, level 6).
"""

import gzip
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
NOTE = "说明 …"
WATCH = """{
    const look = () => {
        const page = document.getElementById("record");
        if (page ? page.ariaBusy === null && document.querySelector(".stage-now button") : document.querySelector(".empty-title")) {
            window.usable ??= performance.now();
        } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""
USABLE = """() => new Promise((told) => {
    const look = () => (window.usable ? told(window.usable) : setTimeout(look, 20));
    look();
})"""
SAVE = """async (saves) => {
    const form = document.querySelector("#dialog form"), box = form.querySelector("[name=text]"), taken = [];
    for (let number = 0; number < saves; number += 1) {
        const saved = new Promise((resolve) => form.addEventListener("draftsaved", resolve, { once: true }));
        const begun = performance.now();
        box.value = "更换电源模块后观察十分钟，未再出现丢包。".repeat(1 + (number % 8));
        box.dispatchEvent(new Event("input", { bubbles: true }));
        await saved;
        taken.push(performance.now() - begun);
    }
    return taken;
}"""
SCRIPTS = "performance.getEntriesByType('resource').filter((row) => row.name.endsWith('.js')).map((row) => row.name)"


def usable(page, address):
    page.goto(address)
    return page.evaluate(USABLE)


def compressed(addresses, root):
    """Bytes of these scripts, each compressed by itself."""
    paths = {urlsplit(address).path.removeprefix("/static/") for address in addresses}
    return sum(len(gzip.compress((root / path).read_bytes(), 6)) for path in paths if (root / path).is_file())


def main(rounds=15, saves=500):
    from tests.browser.alone import ready_laptop, set_up

    server, visit = set_up()
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from tests.browser.stages import arrive

    record, root = f"/visits/{visit.number}/record/", Path(settings.STATIC_ROOT)
    folder = Path(tempfile.mkdtemp()) / "profile"
    with sync_playwright() as play, ready_laptop(play, folder, server, visit) as (laptop, page):
        page.goto(record)
        page.wait_for_selector(".stage-now button")
        page.wait_for_load_state("networkidle")  # what is loaded behind the page counts as well
        online = compressed(page.evaluate(SCRIPTS), root)
        server.stop()
        laptop.context.add_init_script(WATCH)
        page.goto(record)
        page.wait_for_load_state("networkidle")
        offline = compressed(page.evaluate(SCRIPTS), root)
        session = laptop.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        ours, peer = [], []
        for _round in range(rounds):
            ours.append(usable(page, record))
            peer.append(usable(page, "/orders/"))
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        page.goto(record)
        arrive(page)
        page.click(f"button:text-is('{NOTE}')")
        page.wait_for_selector("#dialog[open]")  # from here on what is typed is kept
        taken = sorted(page.evaluate(SAVE, saves))
    told("script of the record page, online", f"{online / 1000:.1f} KB gzip (limit 60)")
    told("script of the record page, from the cache", f"{offline / 1000:.1f} KB gzip (limit 60)")
    for name, rows in (("record page", ours), ("empty page", peer)):
        told(f"{name} usable, CPU / 4", f"median {statistics.median(rows):.0f} ms, best {min(rows):.0f}, worst {max(rows):.0f} (limit 1000)")
    told("autosave", f"median {statistics.median(taken):.2f} ms, p95 {taken[int(len(taken) * 0.95)]:.2f} ms (limit 10)")


def told(name, value):
    print(f"{name:44} {value}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
