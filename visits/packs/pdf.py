"""A pack's PDF: the same fonts and the same strict fetchers as the service report."""

from django.template.loader import render_to_string

from conduct.base.printing import print_apart
from visits.statistics.figures import words

from .gather import MOST_ON_PAPER


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
    return print_apart(html_of(contents, company), "css/pack.css")
