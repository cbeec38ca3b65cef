"""PDF to fax pages: Group 4 TIFF, 1728 wide, 204 x 196 dpi, min-is-white, one strip a page.

HylaFAX sends such a file unchanged, so what is received equals what was rendered here. A hard threshold on grey keeps
a red stamp solid; dithering would turn it into dots.
"""

import io

import pypdfium2
from PIL import Image

from .channels.base import ChannelError
from .reasons import Reason

WIDTH = 1728
X_DPI, Y_DPI = 204, 196
TALLEST = 2280
THRESHOLD = 150
OVERSAMPLE = 2


def fax_pages(files):
    """(TIFF bytes, number of pages) of the first PDF in `files`, [(name, content type, bytes), …]."""
    pdf = next((data for _name, content_type, data in files if content_type == "application/pdf"), None)
    if pdf is None:
        raise ChannelError(Reason.DOCUMENT, "no PDF")
    try:
        document = pypdfium2.PdfDocument(pdf)
        pages = [_page(document[place]) for place in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ChannelError(Reason.DOCUMENT, error) from error
    return _tiff(pages), len(pages)


def _page(page):
    """One page in black and white, scaled to the fax's width and its two resolutions."""
    width, height = page.get_size()
    rows = min(round(height / 72 * Y_DPI * (WIDTH / (width / 72 * X_DPI))), TALLEST)
    grey = page.render(scale=OVERSAMPLE * WIDTH / width, grayscale=True).to_pil()
    return grey.resize((WIDTH, rows), Image.Resampling.BOX).point(lambda light: 255 if light >= THRESHOLD else 0).convert("1")


def _tiff(pages):
    out = io.BytesIO()
    # 262: min-is-white, as fax machines count; 278: rows a strip, so that a page is one strip.
    infos = [{262: 0, 278: page.height} for page in pages]
    for page, info in zip(pages, infos, strict=True):
        page.encoderinfo = {"tiffinfo": info}
    options = {"compression": "group4", "dpi": (X_DPI, Y_DPI), "tiffinfo": infos[0]}
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], **options)
    return out.getvalue()
