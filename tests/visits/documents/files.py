"""Files that headquarters hands out, as uploads."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Rectangle
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject


def pdf(name="wiring.pdf", sizes=((595, 842),), rotated=0, password="", comment=False):
    writer = PdfWriter()
    for width, height in sizes:
        page = writer.add_blank_page(width, height).rotate(rotated)
        line = DecodedStreamObject()
        line.set_data(b"0.2 g 20 20 60 2 re f")
        page[NameObject("/Contents")] = writer._add_object(line)
    if comment:
        note = writer.add_annotation(0, Rectangle(rect=(100, 400, 500, 460)))
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(_yellow())})
        note[NameObject("/F")] = NumberObject(4)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject(key): value for key, value in script.items()})
    writer.add_attachment("secret.txt", b"beside the pages")
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def _yellow():
    """What a comment looks like: a yellow field of 400 x 60 points."""
    look = DecodedStreamObject()
    look.set_data(b"1 1 0 rg 0 0 400 60 re f")
    look[NameObject("/Type")], look[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject([NumberObject(side) for side in (0, 0, 400, 60)])
    return look


def picture(name="rack.png", size=(640, 480), colour=(0, 0, 0), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
