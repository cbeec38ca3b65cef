"""Statement to PDF/A-3u. Pure but for the fonts: equal input gives equal bytes.

The stylesheet and the fonts are loaded once a process (`warm_up`), through a fetcher that knows our font files and
nothing else; a document may load `data:` URLs only.
"""

import datetime
import functools
import json
import re
from pathlib import Path

import rfc8785
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from conduct.base.strokes import data_url, signature_url

from .drawing import qr_url
from .view_model import page_of

FONTS = {
    "fonts:regular": "vendor/paper-fonts/NotoSansSC_400Regular.ttf",
    "fonts:bold": "vendor/paper-fonts/NotoSansSC_700Bold.ttf",
}
MAX_FIELD = 4000
MAX_ROWS = 200
ONE_PAGE = 2600


class Forbidden(FatalURLFetchingError):
    """A document asked for something that it was not handed. Weasyprint would swallow anything milder."""


class FontsOnly(URLFetcher):
    def fetch(self, url, headers=None):
        if url not in FONTS:
            raise Forbidden(url)
        path = finders.find(FONTS[url])
        if not path:
            raise Forbidden(f"{url}: the paper's font is not installed")
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
    sheet = Path(finders.find("css/paper.css")).read_text()
    return CSS(string=sheet, url_fetcher=FontsOnly(), font_config=fonts), fonts


def html_of(paper):
    """The paper's HTML, in the statement's language. Raises ValueError when a field or a table is too large."""
    _check_size(paper.statement)
    with translation.override(paper.statement["language"]):
        page = page_of(paper)
        page["qr"] = qr_url(paper.verify_url)
        page["signature"] = signature_url(paper.strokes) if paper.strokes else ""
        page["stamp"] = data_url(paper.stamp, "image/png") if paper.stamp else ""
        return render_to_string("paper/record.html", page)


def render(paper):
    """The paper as PDF/A-3u bytes, not sealed yet, with the statement and the strokes attached."""
    html = html_of(paper)
    return _laid_out(html, expected=_likely_pages(html)).write_pdf(
        pdf_variant="pdf/a-3u", pdf_identifier=paper.sha256[:32].encode(), attachments=_attachments(paper)
    )


def _laid_out(html, *, expected):
    """The document with "page x of y".

    Weasyprint lays every page out twice to count them (`counter(pages)`), a third of the whole time. Here the number is
    given, and only a wrong one costs a second round.
    """
    css, fonts = warm_up()
    total = CSS(string=f'@page {{ @bottom-right {{ content: counter(page) " / {expected}" }} }}')
    document = HTML(string=html, url_fetcher=DataOnly()).render(
        stylesheets=[css, total], font_config=fonts, pdf_variant="pdf/a-3u", cache={}
    )
    return document if len(document.pages) == expected else _laid_out(html, expected=len(document.pages))


def _likely_pages(html):
    """A guess from the length of the text: markup of up to 2,600 characters fits one page."""
    text = re.sub(r'src="[^"]*"', "", html)
    return 1 if len(text) < ONE_PAGE else 2


def _attachments(paper):
    if paper.kind == "blank":
        return []
    files = [("record.json", rfc8785.dumps(paper.statement))]
    if paper.strokes:
        files.append(("strokes.json", json.dumps(paper.strokes, separators=(",", ":")).encode()))
    when = _moment(paper)
    return [
        Attachment(string=data, name=name, relationship="Data", created=when, modified=when, description=name)
        for name, data in files
    ]


def _moment(paper):
    """The moment of the signature, so that rendering again gives the same bytes."""
    return datetime.datetime.fromisoformat(paper.signed_at)


def _check_size(value):
    if isinstance(value, str) and len(value) > MAX_FIELD:
        raise ValueError(f"a field has {len(value)} characters, at most {MAX_FIELD} fit a paper")
    if isinstance(value, list) and len(value) > MAX_ROWS:
        raise ValueError(f"a table has {len(value)} rows, at most {MAX_ROWS} fit a paper")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_size(item)
