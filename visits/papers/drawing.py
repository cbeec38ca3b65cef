"""The pictures of the paper. Nothing that came from outside is ever parsed as SVG."""

import io

import segno
from PIL import Image

from conduct.base.strokes import data_url

STAMP_SIDE = 600
LOGO = (700, 140)


def qr_url(text):
    """A QR code with error correction M, which survives a fax at 204 x 98 dpi; four pixels a module, set faster than a drawing."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=2, scale=4)
    return data_url(out.getvalue(), "image/png")


def stamp_url(data):
    """The stamp as JPEG, on white, no larger than the page can show: 600 pixels are 380 dpi there.

    A photograph of a stamp has megapixels, and a transparent one would be taken apart and compressed twice more.
    """
    return _on_white(data, (STAMP_SIDE, STAMP_SIDE))


def logo_url(data):
    """The company's logo in the same way: 140 pixels are 390 dpi on its nine millimetres."""
    return _on_white(data, LOGO)


def _on_white(data, most):
    picture = Image.open(io.BytesIO(data))
    if picture.format == "JPEG" and picture.width <= most[0] and picture.height <= most[1]:
        return data_url(data, "image/jpeg")
    picture.draft("RGB", most)
    picture.thumbnail(most, Image.Resampling.LANCZOS)
    picture = picture.convert("RGBA")
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.getchannel("A"))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=90, subsampling=0)
    return data_url(out.getvalue(), "image/jpeg")
