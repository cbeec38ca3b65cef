#!/usr/bin/env python
"""One sealed paper against the naive pipeline and against warm Chromium, in the same run.

    python benchmarks/paper.py

Each starts from the same record, and they take turns, so that whatever else the machine does meets all of them.
Naive: the template, the stylesheet and the fonts by file, HTML().write_pdf() with the SVG that the signature pad itself makes
of these strokes (toSVG), then pyHanko's SimpleSigner with RSA-2048, the key read from its files. Ours: what the worker does.
Chromium: the browser is open, opens the naive HTML as a file and prints it, unsealed, with the same fonts.

Two records of two pages: an ordinary one (six items with cause, action and prevention, five parts) and one whose list has
thirty parts. CPU is the time on a processor, of this process and of the renderer.
"""

import base64
import datetime
import io
import math
import multiprocessing
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
import django

django.setup()

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from weasyprint import HTML

from conduct.base.printing import FONTS
from conduct.files.pictures import encode_again
from tests.visits.papers.pages import STATEMENT, paper
from visits.papers import render as rendering
from visits.papers import seal, worker
from visits.papers.worker import render_apart

ROUNDS = 15
PAPERS_A_WORKER = 6
TURNS = 3


def hand():
    """A signature of three characters: 9 strokes, 8 s of a pen at 60 points a second."""

    def point(stroke, n):
        x = 50 + stroke * 55 + 45 * math.sin(n / 9 + stroke)
        return [round(x), round(105 + 60 * math.cos(n / 13 + stroke * 2)), (stroke * 53 + n) * 17, 500]

    return {"width": 600, "height": 220, "strokes": [[point(stroke, n) for n in range(53)] for stroke in range(9)]}


def stamp():
    """A round red company stamp of 600 x 600, encoded as uploads are kept."""
    picture = Image.new("RGB", (600, 600), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((20, 20, 580, 580), outline=(200, 20, 20), width=16)
    draw.regular_polygon((300, 300, 110), 5, fill=(200, 20, 20))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return encode_again(file.getvalue())[0]


ITEM = {
    "text": "更换核心交换机电源模块", "result": "done", "confirmed": None,
    "cause": "电源模块电容鼓包，输出电压跌落至 11.2 V，风扇停转并触发温度告警，随后主控板重启。",
    "action": "更换电源模块，对全部业务板卡逐一检查，连续观察三十分钟无丢包，日志中无新的告警；已与客户一起核对。",
    "prevention": "建议加装电压监控，并在每季度巡检时测量纹波；备件库中保留同型号模块一件。",
}  # fmt: skip
RECORDS = {
    "ordinary record": {"scope": [ITEM | {"position": place} for place in range(1, 7)], "parts": STATEMENT["parts"] * 5},
    "thirty parts": {"parts": STATEMENT["parts"] * 30},
}


def paper_of(record):
    return paper(statement=STATEMENT | record, strokes=hand(), stamp=stamp())


def naive_html(page, signature):
    """The template's HTML with stylesheet, fonts by file, and the pad's own SVG."""
    css = Path(finders.find("css/paper.css")).read_text()
    for url, name in FONTS.items():
        css = css.replace(url, "file://" + finders.find(name))
    picture = "data:image/svg+xml;base64," + base64.b64encode(signature.encode()).decode()
    html = re.sub(r'(class="signature" src=")[^"]*', lambda found: found[1] + picture, rendering.html_of(page))
    return html.replace("</head>", f"<style>{css}</style></head>")


def naive_key(folder):
    """A certificate and its RSA-2048 key, as files."""
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = seal._self_signed(key, "naive", datetime.datetime.now(datetime.UTC))
    (folder / "naive.key").write_bytes(pem)
    (folder / "naive.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def naive_sign(folder, pdf):
    signer = signers.SimpleSigner.load(str(folder / "naive.key"), str(folder / "naive.crt"))
    metadata = signers.PdfSignatureMetadata(field_name="Seal")
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer=signer)


class Chromium:
    """A browser that stays open, in a process of its own: Playwright's event loop and pyHanko's cannot share one."""

    def __init__(self):
        self.ours, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(target=self._serve, args=[theirs], daemon=True)
        self.process.start()

    def ask(self, verb, subject):
        self.ours.send((verb, subject))
        return self.ours.recv()

    def close(self):
        self.ours.send(("close", None))
        self.process.join()

    @staticmethod
    def _serve(pipe):
        from playwright.sync_api import sync_playwright

        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
            page = browser.new_page()
            while (order := pipe.recv())[0] != "close":
                pipe.send({"print": print_page, "sign": svg_of_the_pad}[order[0]](page, order[1]))
            browser.close()


def print_page(page, address):
    page.goto(address)
    return len(page.pdf(prefer_css_page_size=True))


def svg_of_the_pad(page, strokes):
    """What signature_pad makes of the strokes."""
    source = Path(finders.find("vendor/signature_pad/signature_pad.js")).read_text()
    source = re.sub(r"export\s*\{[^}]*\};?", "window.SignaturePad = SignaturePad;", source)
    look = {"penColor": "#101828", "minWidth": 0.5, "maxWidth": 2.5, "dotSize": 0, "velocityFilterWeight": 0.7}
    groups = [
        look | {"points": [{"x": x, "y": y, "time": t, "pressure": pressure / 1000} for x, y, t, pressure in stroke]}
        for stroke in strokes["strokes"]
    ]
    page.set_content(f'<canvas width="{strokes["width"]}" height="{strokes["height"]}"></canvas>')
    page.add_script_tag(content=source, type="module")
    page.wait_for_function("() => Boolean(window.SignaturePad)")
    page.evaluate("() => { window.pad = new SignaturePad(document.querySelector('canvas')) }")
    return page.evaluate("groups => { window.pad.fromData(groups); return window.pad.toSVG() }", groups)


def cpu():
    """Seconds on a processor so far, of this process and of the renderer."""
    child = worker._child
    return time.process_time() + (int(Path(f"/proc/{child.pid}/schedstat").read_text().split()[0]) / 1e9 if child else 0)


def in_turns(works, rounds=ROUNDS):
    """{name: (median ms, median ms of CPU)}, each work once a round."""
    taken = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            busy, begun = cpu(), time.perf_counter()
            work()
            taken[name].append(((time.perf_counter() - begun) * 1000, (cpu() - busy) * 1000))
    return {name: tuple(map(statistics.median, zip(*pairs, strict=True))) for name, pairs in taken.items()}


def rate(work, workers=2):
    """Papers a second of two processes that make half a dozen each, after one to warm up."""
    context = multiprocessing.get_context("fork")
    start, done = context.Barrier(workers + 1), context.Barrier(workers + 1)

    def run():
        work()
        start.wait()
        for _paper in range(PAPERS_A_WORKER):
            work()
        done.wait()

    processes = [context.Process(target=run) for _worker in range(workers)]
    for process in processes:
        process.start()
    start.wait()
    begun = time.perf_counter()
    done.wait()
    taken = time.perf_counter() - begun
    for process in processes:
        process.join()
    return workers * PAPERS_A_WORKER / taken


def say(name, value, unit, ratio="", limit=""):
    print(f"{name:44} {value:8.1f} {unit:5} {ratio:14} {limit}")


def compare(title, page, sealer, folder, signature, browser):
    print(f"{title}:")
    file = folder / "paper.html"
    file.write_text(naive_html(page, signature))

    def ours():
        return sealer.seal(render_apart(page), reason="benchmark")

    def naive():
        return naive_sign(folder, HTML(string=naive_html(page, signature)).write_pdf())

    def printed():
        return browser.ask("print", file.as_uri())

    size = len(ours())
    naive()
    printed()
    found = in_turns({"ours": ours, "naive": naive, "chromium": printed})
    (mine, my_cpu), (theirs, their_cpu), (chrome, _unknown) = found.values()
    say("  sealed paper, ours", mine, "ms")
    say("  sealed paper, naive", theirs, "ms", f"{mine / theirs:.2f} x", "goal 0.45 x of naive")
    say("  same HTML, warm Chromium, unsealed", chrome, "ms", f"{mine / chrome:.2f} x", "goal 1.1 x of Chromium")
    say("  CPU, ours", my_cpu, "ms", f"{my_cpu / their_cpu:.2f} x", f"naive {their_cpu:.1f} ms")
    say("  size", size / 1024, "KB", "", "limit 240 KB")
    rates = [(rate(ours), rate(naive)) for _turn in range(TURNS)]
    mine, theirs = map(statistics.median, zip(*rates, strict=True))
    say(
        "  papers a second, two workers",
        mine,
        "/s",
        f"{mine / theirs:.2f} x",
        f"goal 2 x of naive, {theirs:.1f} /s with two workers",
    )


def main():
    worker.get_ready()  # as a Celery worker does before its first paper
    folder = Path(tempfile.mkdtemp())
    sealer = seal.sealer(folder, company="benchmark", at=datetime.datetime.now(datetime.UTC))
    naive_key(folder)
    browser = Chromium()
    signature = browser.ask("sign", hand())
    for title, record in RECORDS.items():
        compare(title, paper_of(record), sealer, folder, signature, browser)
    browser.close()
    pdf = render_apart(paper_of(record))
    begun = time.process_time()
    for _round in range(20):
        sealer.seal(pdf, reason="benchmark")
    say("sealing alone, CPU", (time.process_time() - begun) / 20 * 1000, "ms", "", "limit 15 ms")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
