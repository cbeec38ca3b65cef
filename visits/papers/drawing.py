"""Small drawings as SVG of our own: nothing that came from outside is ever parsed as SVG."""

import segno
from django.utils.safestring import mark_safe

from conduct.base.strokes import data_url


def qr_svg(text):
    """A QR code with error correction M: it has to survive a fax at 204 x 98 dpi."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))


def qr_url(text):
    return data_url(
        segno.make(text, error="m", micro=False)
        .svg_inline(border=2, omitsize=True)
        .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        .encode(),
        "image/svg+xml",
    )
