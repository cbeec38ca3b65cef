"""A sheet of QR labels as PDF: A4, three by eight, 70 x 37 mm each. Pure but for the font files.

Like the service report, a document may load nothing but `data:` URLs, and the stylesheet nothing but our own fonts.
"""

import base64
import functools
from pathlib import Path

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

LABELS_A_SHEET = 24
MOST = 240
FONTS = {
    "fonts:regular": "vendor/paper-fonts/NotoSansSC_400Regular.ttf",
    "fonts:bold": "vendor/paper-fonts/NotoSansSC_700Bold.ttf",
}


class Forbidden(FatalURLFetchingError):
    """A document asked for something that it was not handed."""


class FontsOnly(URLFetcher):
    def fetch(self, url, headers=None):
        path = finders.find(FONTS[url]) if url in FONTS else None
        if not path:
            raise Forbidden(url)
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": "font/ttf"})


class DataOnly(URLFetcher):
    def fetch(self, url, headers=None):
        if not url.startswith("data:"):
            raise Forbidden(url)
        return super().fetch(url, headers)


@functools.cache
def warm_up():
    """(stylesheet, font configuration), loaded once a process."""
    fonts = FontConfiguration()
    sheet = Path(finders.find("css/labels.css")).read_text()
    return CSS(string=sheet, url_fetcher=FontsOnly(), font_config=fonts), fonts


def sheet(items, *, public_address, company, first=1):
    """PDF bytes for up to 240 pieces of equipment that have a label, beginning at place `first` (1 to 24) of the first sheet.

    In the language that is active.
    """
    places = [None] * (min(max(first, 1), LABELS_A_SHEET) - 1)
    places += [{"item": item, "qr": _qr(f"{public_address.rstrip('/')}/r/{item.label}/")} for item in list(items)[:MOST]]
    sheets = [places[start : start + LABELS_A_SHEET] for start in range(0, len(places), LABELS_A_SHEET)]
    html = render_to_string("conduct/repairs/paper/labels.html", {"sheets": sheets, "company": company})
    css, fonts = warm_up()
    return HTML(string=html, url_fetcher=DataOnly()).write_pdf(stylesheets=[css], font_config=fonts)


def _qr(address):
    """A QR code with error correction Q: a quarter of a worn label may be gone."""
    svg = segno.make(address, error="q", micro=False).svg_inline(border=0, omitsize=True)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
