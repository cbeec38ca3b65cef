"""A pack's PDF: the same fonts and the same strict fetchers as the service report."""

import functools
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from conduct.base.apart import apart
from visits.papers.render import DataOnly, FontsOnly
from visits.statistics.figures import words

from .gather import MOST_ON_PAPER


@functools.cache
def _sheet():
    """(stylesheet, font configuration), loaded once a process, before it forks."""
    fonts = FontConfiguration()
    text = Path(finders.find("css/pack.css")).read_text()
    return CSS(string=text, url_fetcher=FontsOnly(), font_config=fonts), fonts


def html_of(contents, company):
    """The page in the active language; of many visits the first ones, and how many were left to the spreadsheet."""
    left_out = max(len(contents.visits) - MOST_ON_PAPER, 0)
    people = [(name, [(figure.label, words(figure, number)) for figure, number in figures]) for name, figures in contents.people]
    context = {"pack": contents, "company": company, "visits": contents.visits[:MOST_ON_PAPER], "left_out": left_out}
    gaps = contents.gaps()
    context |= {"people": people, "gaps": gaps[:MOST_ON_PAPER], "gaps_left_out": max(len(gaps) - MOST_ON_PAPER, 0)}
    return render_to_string("paper/pack.html", context)


def pdf_of(contents, company):
    """PDF bytes. Raises apart.Failed."""
    css, fonts = _sheet()
    html = html_of(contents, company)
    return apart(lambda: HTML(string=html, url_fetcher=DataOnly()).write_pdf(stylesheets=[css], font_config=fonts))
