"""An empty spreadsheet with the headings that are understood, and a second sheet that says what goes into them."""

import io

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .columns import HEADINGS


def sample():
    """XLSX bytes in the active language."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    chinese = (get_language() or "").startswith("zh")
    headings = {code: names[0] if chinese else _english(code, names) for code, names in HEADINGS.items()}
    orders, notes = book.add_worksheet(_("Orders")), book.add_worksheet(_("How to fill in"))
    orders.write_row(0, 0, headings.values(), bold)
    orders.set_column(0, len(headings) - 1, 16)
    orders.freeze_panes(1, 0)
    notes.set_column(0, 0, 22)
    notes.set_column(1, 1, 80, wrapped)
    for place, (code, words) in enumerate(explanations().items()):
        notes.write(place, 0, headings[code], bold)
        notes.write(place, 1, words)
    book.close()
    return out.getvalue()


def _english(code, names):
    return next(name for name in names if name.isascii())


def explanations():
    """{code: what goes into its column}."""
    return {
        "reference": _("Your own number of the matter. A row with a number that was imported before makes no second order."),
        "site": _("Such as S-0012. Without it the customer's name is looked up."),
        "customer": _("The name exactly as it stands here."),
        "site_name": _("Needed when the customer has several sites and no site number is given."),
        "contact": _("The name of a contact of the site."),
        "equipment": _("Numbers such as EQ-000012, several separated by commas."),
        "reported_fault": _("In the customer's words."),
        "symptom": _("One of the symptoms of the order form."),
        "scope": _("Needed. Several items separated by semicolons or lines."),
        "traits": _("Traits of the order form, several separated by commas."),
        "wanted_from": _("2026-12-01 09:00 or 2026-12-01, in the time of the site."),
        "wanted_to": _("As above; a day alone means its end."),
        "priority": _("low, normal or high; empty means normal."),
        "duration_minutes": _("A whole number of minutes."),
        "skills": _("Names of skills, several separated by commas."),
        "certified": _("Skills for which a valid certificate is needed, several separated by commas."),
        "change_from": _("2026-12-01 22:00, in the time of the site; only together with its end."),
        "change_to": _("As above; a day alone means its end."),
    }
