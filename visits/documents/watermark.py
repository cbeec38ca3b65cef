"""Every page and every picture says across its whole face who reads it, when, and for which visit. Pure: bytes in, bytes out.

The words are drawn once as a picture and painted over each page, dark with a light shadow, so that they are read on white and on
black. Of a PDF nothing but its pages is handed on: what was written into forms is kept as part of the page, scripts and
attachments are not.
"""

import ctypes
import io
import math
from pathlib import Path

import pypdfium2
from django.contrib.staticfiles import finders
from PIL import Image, ImageChops, ImageDraw, ImageFont
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from conduct.base.printing import FONTS

MAX_PAGES = 300
ANGLE = 28  # degrees
DARK, SHARE = 45, 0.36  # the grey of the words, and how much of the page they and their white shadow cover
# Pixels of the mark to a point of the page; a poster gets no larger picture than this side.
SHARPNESS, LONGEST = 2, 2400


class Unmarkable(Exception):
    """No watermark can be put on it: locked, damaged, or too long."""


def words(reader, at, number):
    """ "王磊 · 2026-11-24 14:05 · V-2026-000123"; `at` in the zone in which it is to be read."""
    return f"{reader} · {at:%Y-%m-%d %H:%M} · {number}"


def on_picture(data, said):
    """JPEG or PNG bytes with the words over the whole picture, in the same format."""
    picture = Image.open(io.BytesIO(data))
    kind, picture = picture.format, picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    tone, cover = drawn(said, *picture.size)
    picture.paste(tone.convert(picture.mode), mask=cover)
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return out.getvalue()


def on_pdf(data, said):
    """PDF bytes with the words over every page. Raises Unmarkable."""
    reader, writer, marks = _read(_flat(data)), PdfWriter(), {}
    for source in reader.pages:
        page = writer.add_page(source)
        for extra in ("/Annots", "/AA"):
            page.pop(extra, None)
        box = page.cropbox
        place = (float(box.width), float(box.height), page.rotation % 360)
        if place not in marks:
            marks[place] = _cover(writer, said, *place)
        page.merge_transformed_page(marks[place], Transformation().translate(float(box.left), float(box.bottom)), over=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn(said, width, height):
    """The words again and again, slanted, as two pictures of `width` x `height` pixels: their tone, and how much of it covers."""
    font = ImageFont.truetype(Path(finders.find(FONTS["fonts:bold"])), max(12, min(width, height) // 32))
    side = math.ceil(math.hypot(width, height))
    sheet = Image.new("L", (side, side))
    pen, step = ImageDraw.Draw(sheet), font.size * 5
    run = math.ceil(pen.textlength(said, font)) + 3 * font.size
    for row, y in enumerate(range(0, side, step)):
        for x in range(-(row % 2) * run // 2, side, run):
            pen.text((x, y), said, 255, font)
    turned = sheet.rotate(ANGLE, Image.Resampling.BICUBIC)
    left, top = (side - width) // 2, (side - height) // 2
    ink = turned.crop((left, top, left + width, top + height))
    shadow = ImageChops.offset(ink, max(1, font.size // 7))
    tone = ink.point(lambda value: DARK if value else 255)
    return tone, ImageChops.lighter(ink, shadow).point(lambda value: round(value * SHARE))


def _read(data):
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted or not 1 <= len(reader.pages) <= MAX_PAGES:
            raise Unmarkable
    except Unmarkable:
        raise
    except Exception as error:  # pypdf raises many kinds for a damaged file; each means the same here
        raise Unmarkable from error
    return reader


def _flat(data):
    """The same pages, with comments and filled-in forms as part of them: in another layer they would hide the mark."""
    try:
        document = pypdfium2.PdfDocument(data)
        if not 1 <= len(document) <= MAX_PAGES:
            raise Unmarkable
        for page in document:
            pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
        out = io.BytesIO()
        document.save(out)
    except (pypdfium2.PdfiumError, ctypes.ArgumentError) as error:
        raise Unmarkable from error
    return out.getvalue()


def _cover(writer, said, width, height, rotation):
    """A page with nothing but the mark; its picture is kept once in `writer`, however many pages show it.

    A page that is shown turned clockwise by `rotation` degrees has its mark turned back by as many.
    """
    scale = min(SHARPNESS, LONGEST / max(width, height))
    shown = (width, height) if rotation % 180 == 0 else (height, width)
    tone, cover = (one.rotate(rotation, expand=True) for one in drawn(said, *(max(1, round(side * scale)) for side in shown)))
    mask = writer._add_object(_image(cover))
    image = _image(tone)
    image[NameObject("/SMask")] = mask
    page = PageObject.create_blank_page(width=width, height=height)
    pictures = DictionaryObject({NameObject("/Mark"): writer._add_object(image)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    content = DecodedStreamObject()
    content.set_data(f"q {width} 0 0 {height} 0 0 cm /Mark Do Q".encode())
    page[NameObject("/Contents")] = ArrayObject([content])
    return page


def _image(picture):
    """A grey picture as a PDF keeps one."""
    stream = DecodedStreamObject()
    stream.set_data(picture.tobytes())
    stream.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(picture.width), NameObject("/Height"): NumberObject(picture.height),
        NameObject("/ColorSpace"): NameObject("/DeviceGray"), NameObject("/BitsPerComponent"): NumberObject(8),
    })  # fmt: skip
    return stream.flate_encode()
