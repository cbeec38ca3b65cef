"""The mark stands across every page and every picture, whatever its size, colour and turn."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from tests.visits.documents.files import pdf, picture
from visits.documents.watermark import Unmarkable, on_pdf, on_picture

SAID = "王磊 · 2026-11-24 14:05 · V-2026-000123"


def is_everywhere(before, after):
    """Each ninth of the picture looks other than before, and most of it as before."""
    assert before.size == after.size
    changed = ImageChops.difference(before.convert("L"), after.convert("L")).point(lambda value: 255 if value > 25 else 0)
    width, height = changed.size
    boxes = [(x * width // 3, y * height // 3, (x + 1) * width // 3, (y + 1) * height // 3) for x in range(3) for y in range(3)]
    share = changed.histogram()[255] / (width * height)
    return all(changed.crop(box).getbbox() for box in boxes) and 0.01 < share < 0.3


def pages(data):
    return [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(data)]


def test_every_page_bears_it_whatever_its_size_and_turn():
    plain = pdf(sizes=[(595, 842), (842, 595), (2384, 3370), (595, 842)], rotated=90).read()
    marked = on_pdf(plain, SAID)

    assert [is_everywhere(*pair) for pair in zip(pages(plain), pages(marked), strict=True)] == [True] * 4
    one, three = (len(on_pdf(pdf(sizes=[(595, 842)] * count).read(), SAID)) for count in (1, 3))
    assert three - one < 10_000  # pages of one size share one picture


def test_two_readers_get_two_marks():
    plain = pdf().read()
    assert pages(on_pdf(plain, SAID))[0].tobytes() != pages(on_pdf(plain, SAID.replace("王磊", "赵敏")))[0].tobytes()


def test_nothing_but_the_pages_is_handed_on():
    marked = on_pdf(pdf(comment=True).read(), SAID)
    catalogue = PdfReader(io.BytesIO(marked)).trailer["/Root"]

    assert b"app.alert" not in marked and b"beside the pages" not in marked
    assert not {"/Names", "/OpenAction", "/AcroForm"} & set(catalogue)
    assert "/Annots" not in PdfReader(io.BytesIO(marked)).pages[0]
    assert pages(marked)[0].getpixel((110, 842 - 405))[2] < 100  # the comment itself is part of the page by now


@pytest.mark.parametrize(("colour", "kind"), [((0, 0, 0), "PNG"), ((255, 255, 255), "JPEG"), ((120, 130, 120), "JPEG")])
def test_a_picture_bears_it_on_any_ground(colour, kind):
    plain = picture(colour=colour, kind=kind, size=(1600, 900)).read()
    marked = Image.open(io.BytesIO(on_picture(plain, SAID)))
    assert marked.format == kind and is_everywhere(Image.open(io.BytesIO(plain)), marked)


@pytest.mark.parametrize("data", [pdf(password="geheim").read(), b"%PDF-1.7 and then nothing", pdf(sizes=[(9, 9)] * 301).read()])
def test_what_cannot_be_marked_is_refused(data):
    with pytest.raises(Unmarkable):
        on_pdf(data, SAID)
