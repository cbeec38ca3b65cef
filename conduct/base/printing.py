"""HTML to PDF: a document may load `data:` URLs only, a stylesheet nothing but our own fonts."""

import functools
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .apart import apart

FONTS = {
    "fonts:regular": "vendor/paper-fonts/NotoSansSC_400Regular.ttf",
    "fonts:bold": "vendor/paper-fonts/NotoSansSC_700Bold.ttf",
}


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
def stylesheet(name):
    """(stylesheet, font configuration) of a static file such as "css/paper.css", loaded once a process."""
    fonts = FontConfiguration()
    return CSS(string=Path(finders.find(name)).read_text(), url_fetcher=FontsOnly(), font_config=fonts), fonts


def print_apart(html, sheet):
    """PDF bytes, made in a child process. Raises apart.Failed."""
    css, fonts = stylesheet(sheet)  # before the fork, so that it is loaded once
    return apart(lambda: HTML(string=html, url_fetcher=DataOnly()).write_pdf(stylesheets=[css], font_config=fonts))
