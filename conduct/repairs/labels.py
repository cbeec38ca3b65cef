"""A sheet of QR labels as PDF: A4, three by eight, 70 x 37 mm each."""

import base64

import segno
from django.template.loader import render_to_string

from conduct.base.printing import print_apart

LABELS_A_SHEET = 24
MOST = 240


def sheet(items, *, public_address, company, first=1):
    """PDF bytes for up to 240 pieces of equipment that have a label, beginning at place `first` (1 to 24) of the first sheet.

    In the language that is active. Raises apart.Failed.
    """
    places = [None] * (min(max(first, 1), LABELS_A_SHEET) - 1)
    places += [{"item": item, "qr": _qr(f"{public_address.rstrip('/')}/r/{item.label}/")} for item in list(items)[:MOST]]
    sheets = [places[start : start + LABELS_A_SHEET] for start in range(0, len(places), LABELS_A_SHEET)]
    html = render_to_string("conduct/repairs/paper/labels.html", {"sheets": sheets, "company": company})
    return print_apart(html, "css/labels.css")


def _qr(address):
    """A QR code with error correction Q: a quarter of a worn label may be gone."""
    svg = segno.make(address, error="q", micro=False).svg_inline(border=0, omitsize=True)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
