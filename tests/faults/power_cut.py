"""Is what the laptop's store acknowledged on the disk when the power goes? Run as root: `python tests/faults/power_cut.py`.

A browser's profile lies on an ext4 of its own in a file (loop mounted). While the product's store writes autosaves and entries
without a pause, the cut comes at a random moment: every process of the browser is stopped and the file is copied, as the disk
would be found. What the kernel still holds in memory is not in the copy. The copy is mounted (its journal is replayed as after
a real cut), a browser opens it, and every acknowledged text has to be readable with the passphrase. The same with the
store's writes relaxed has to lose some, or the rig would prove nothing.

It cuts what the operating system holds back. It does not show a disk that lies about its own cache, nor a torn sector.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
os.environ.setdefault("DATA_DIR", tempfile.gettempdir())

MEGABYTES = 192
IN_MEMORY = Path("/dev/shm")
STORE = "/js/laptop/store.js"


def relaxed():
    from tests.faults.road import STATIC

    source = (STATIC / STORE.lstrip("/")).read_text()
    changed = source.replace('durability: "strict"', 'durability: "relaxed"')
    assert changed != source
    return {STORE: changed}


@contextmanager
def mounted(image, folder):
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        yield folder
    finally:
        for _try in range(100):
            if subprocess.run(["umount", folder], capture_output=True).returncode == 0:
                break
            time.sleep(0.1)


def call(page, name):
    return page.evaluate("(name) => import('/rig/power_cut.js').then((rig) => rig[name]())", name)


@contextmanager
def browser(play, folder, url):
    from tests.browser.laptops import Laptop

    laptop = Laptop(play, folder / "profile", url)
    page = laptop.open()
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(url)
    try:
        yield laptop, page
    finally:
        laptop.kill()


def cut(laptop, page, image, copy):
    """Copy the image with the browser standing still. Returns what was acknowledged before."""
    told = call(page, "told")
    pids = list(laptop.pids())
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        shutil.copyfile(image, copy)
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    return told


def after(play, copy, folder, url):
    """What a browser reads in the copy."""
    with mounted(copy, folder) as place, browser(play, place, url) as (_laptop, page):
        return set(call(page, "read"))


def session(play, rng, cuts, sabotage):
    """(acknowledged, lost) over so many cuts while one browser writes."""
    acknowledged = lost = 0
    from tests.faults.road import Road

    road = Road(sabotage)
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as name:
        folder = Path(name)
        image, copy = folder / "disk.img", folder / "copy.img"
        image.touch()
        os.truncate(image, MEGABYTES * 2**20)
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
        copies = []
        with mounted(image, folder / "laptop") as place, browser(play, place, road.url) as (laptop, page):
            call(page, "write")
            for number in range(cuts):
                time.sleep(rng.uniform(0.5, 4))
                copies.append((folder / f"copy-{number}.img", cut(laptop, page, image, folder / f"copy-{number}.img")))
        for copy, told in copies:
            found = after(play, copy, folder / "found", road.url)
            gone = [text for text in told if text not in found]
            print(f"  {len(told)} acknowledged, {len(found)} found, {len(gone)} lost", flush=True)
            acknowledged, lost = acknowledged + len(told), lost + len(gone)
            copy.unlink()
    road.close()
    return acknowledged, lost


def main():
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cuts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    with sync_playwright() as play:
        print("strict, as the product writes:", flush=True)
        strict = session(play, rng, given.cuts, ())
        print("relaxed, to see that the rig loses writes:", flush=True)
        loose = session(play, rng, max(1, given.cuts // 3), relaxed())
    print(f"seed {given.seed}, {given.cuts} cuts: strict lost {strict[1]} of {strict[0]}, relaxed lost {loose[1]} of {loose[0]}")
    return 0 if strict[0] and not strict[1] and loose[1] else 1


if __name__ == "__main__":
    sys.exit(main())
