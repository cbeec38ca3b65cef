#!/usr/bin/env python
"""One sealed paper against the naive pipeline and against warm Chromium, in the same run.

    python benchmarks/paper.py

Naive: HTML().write_pdf() with the pad's raw points as SVG, then pyHanko's SimpleSigner with RSA-2048. Ours: the warm renderer in
a forked child, then the cached P-256 key. Chromium prints the same HTML, unsealed, in a browser that is already open.
"""

import base64
import datetime
import io
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
import django

django.setup()

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from weasyprint import HTML

from tests.visits.papers.pages import STATEMENT, paper
from visits.papers import render as rendering
from visits.papers import seal
from visits.papers.worker import render_apart

ROUNDS = 9


def hand():
    """A signature of three characters: 9 strokes, 8 s of a pen at 60 points a second."""

    def point(stroke, n):
        x = 50 + stroke * 55 + 45 * math.sin(n / 9 + stroke)
        return [round(x), round(105 + 60 * math.cos(n / 13 + stroke * 2)), (stroke * 53 + n) * 17, 500]

    return {"width": 600, "height": 220, "strokes": [[point(stroke, n) for n in range(53)] for stroke in range(9)]}


def stamp():
    """A round red company stamp as it is kept, 600 x 600."""
    picture = Image.new("RGB", (600, 600), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((20, 20, 580, 580), outline=(200, 20, 20), width=16)
    draw.regular_polygon((300, 300, 110), 5, fill=(200, 20, 20))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


TWO_PAGES = paper(statement=STATEMENT | {"parts": STATEMENT["parts"] * 30}, strokes=hand(), stamp=stamp())


def timed(work, rounds=ROUNDS):
    """Median wall time in ms."""
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def naive_html():
    """Our HTML with the stylesheet and fonts by file, and the signature as the pad's own SVG: a circle and a path a point."""
    fonts = {url: "file://" + finders.find(name) for url, name in rendering.FONTS.items()}
    css = Path(finders.find("css/paper.css")).read_text()
    for url, path in fonts.items():
        css = css.replace(url, path)
    css += '@page { @bottom-right { content: counter(page) " / " counter(pages) } }'
    raw = "".join(
        f'<path d="M {a[0]}.123,{a[1]}.456 C {a[0]}.2,{a[1]}.3 {b[0]}.4,{b[1]}.5 {b[0]}.6,{b[1]}.7" stroke-width="2.250" stroke="black" fill="none" stroke-linecap="round"></path>'
        for stroke in TWO_PAGES.strokes["strokes"]
        for a, b in zip(stroke, stroke[1:], strict=False)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 220" width="600" height="220">{raw}</svg>'
    picture = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    html = rendering.html_of(TWO_PAGES)
    ours = rendering.signature_url(TWO_PAGES.strokes)
    return html.replace(ours, picture).replace("</head>", f"<style>{css}</style></head>")


def naive_signer():
    key = rsa.generate_private_key(65537, 2048)
    certificate = seal._self_signed(key, "naive", datetime.datetime.now(datetime.UTC))
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    crt = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    return lambda pdf: signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        signers.PdfSignatureMetadata(field_name="Seal"),
        signer=signers.SimpleSigner(crt, keys.PrivateKeyInfo.load(der), SimpleCertificateStore()),
    )


def chromium(html):
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        page = browser.new_page()

        def one():
            page.set_content(html)
            page.pdf(format="A4")

        one()
        taken = timed(one)
        browser.close()
    return taken


def say(name, value, unit, ratio="", limit=""):
    print(f"{name:32} {value:8.1f} {unit:4} {ratio:10} {limit}")


def main():
    folder = Path(tempfile.mkdtemp())
    ours = seal.sealer(folder, company="benchmark", at=datetime.datetime.now(datetime.UTC))
    html, naive_sign = naive_html(), naive_signer()

    def sealed():
        return ours.seal(render_apart(TWO_PAGES), reason="benchmark")

    def naive():
        return naive_sign(HTML(string=html).write_pdf())

    size = len(sealed())
    mine, theirs = timed(sealed), timed(naive, 5)
    printed = chromium(html)
    say("sealed paper, naive", theirs, "ms")
    say("sealed paper, ours", mine, "ms", f"{mine / theirs:.2f} x", "goal 0.45 x of naive")
    say("same HTML, warm Chromium, unsealed", printed, "ms", f"{mine / printed:.2f} x", "goal 1.1 x of Chromium")
    pdf = render_apart(TWO_PAGES)
    begun = time.process_time()
    for _round in range(20):
        ours.seal(pdf, reason="benchmark")
    say("sealing alone, CPU", (time.process_time() - begun) / 20 * 1000, "ms", "", "limit 15 ms")
    with ThreadPoolExecutor(2) as pool:
        begun = time.perf_counter()
        list(pool.map(lambda _n: sealed(), range(12)))
        rate = 12 / (time.perf_counter() - begun)
    say("papers a second, two workers", rate, "/s", f"{rate / (1000 / theirs):.2f} x", "goal 2 x of naive")
    say("size of a two-page paper", size / 1024, "KB", "", "limit 240 KB")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
