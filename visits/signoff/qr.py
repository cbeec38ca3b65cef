"""Reading the record number from the QR code on a photographed sheet."""

import io
import re

from PIL import Image, ImageOps
from pyzbar.pyzbar import ZBarSymbol, decode

NUMBER = re.compile(r"VR-\d{4}-\d{6}")


def record_numbers_in(data):
    """The record numbers that QR codes in this picture name; an empty set when none can be read (or it is a PDF)."""
    try:
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("L")
    except (OSError, Image.DecompressionBombError):
        return set()
    found = {code.data.decode("utf-8", "replace") for code in decode(picture, symbols=[ZBarSymbol.QRCODE])}
    return {number for text in found for number in NUMBER.findall(text)}
