"""How long each kind of data is kept, and what happens then. Pure: months in, moments out.

A term is counted in whole months. `least` is the shortest term that may be set: a claim from a contract lapses after three
years (Civil Code of China, art. 188), wages are kept for two (Interim Provisions on Payment of Wages, art. 6).
"""

import calendar
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    code: str
    label: str
    begins: str
    happens: str
    default: int
    least: int


KINDS = [
    Kind("records", _("signed records, their papers and photos"), _("the signature"), _("words, signatures, pictures and papers go; times, results and check codes stay"), 60, 36),
    Kind("postponements", _("customers' words on postponements"), _("the answer"), _("names, words and signatures go; windows, answer and check code stay"), 60, 36),
    Kind("replies", _("written replies to customers"), _("the reply is written"), _("words, address and letter go; who wrote and reviewed it and when it arrived stay"), 60, 36),
    Kind("complaints", _("complaints"), _("the complaint is closed"), _("names and words go; what it was about, its steps and their days stay"), 60, 36),
    Kind("contacts", _("customers' contacts"), _("the contact is no longer there"), _("name and addresses go; signed records are restricted"), 24, 1),
    Kind("staff", _("people of the company"), _("the person has left"), _("name, addresses, roles and skills go; signed records are restricted"), 24, 1),
    Kind("hours", _("hours and leave"), _("the day"), _("the clock's entries and the reasons of leave go; monthly sheets stay"), 36, 24),
    Kind("violations", _("breaches and rulings"), _("the breach is registered"), _("what happened, answers, reasons and evidence go; rule, ruling and days stay"), 36, 24),
    Kind("reporters", _("who reported a repair ticket"), _("the ticket is closed"), _("name, address and private link go; the ticket stays"), 24, 1),
    Kind("permits", _("identity papers and escorts in entry packs"), _("the permit has ended; where it has no end, the last change of the pack"), _("people, documents and escorts go; the permit's days stay"), 6, 1),
    Kind("trips", _("business trips: lodging, receipts, reports"), _("the return"), _("where somebody slept, receipts, reasons and reports go; days, kinds and amounts stay"), 36, 24),
    Kind("documents", _("documents handed to engineers, and who opened them"), _("the visit's planned end"), _("file and openings go; what was handed to whom, and when, stays"), 24, 1),
    Kind("imports", _("spreadsheets of orders"), _("the spreadsheet is uploaded"), _("its cells go; the orders stay"), 6, 1),
    Kind("notices", _("notices"), _("the notice"), _("the notice goes"), 12, 1),
    Kind("letters", _("e-mails to colleagues and test messages"), _("the message is queued"), _("address and text go; what became of it stays"), 12, 1),
]  # fmt: skip
DEFAULT = {kind.code: kind.default for kind in KINDS}


def months_before(moment, months):
    """The same day and time so many months earlier; the last day of a shorter month where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def too_short(terms):
    """Codes of the kinds whose term is missing or below the least that may be set."""
    return [kind.code for kind in KINDS if terms.get(kind.code, 0) < kind.least]
