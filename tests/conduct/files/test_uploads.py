import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conduct.base.errors import DomainError
from conduct.files.actions import store_photo, store_upload
from conduct.files.queries import path_of, read

pytestmark = pytest.mark.django_db


def picture(size=(60, 40), kind="JPEG", tail=b""):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "secret camera"
    Image.new("RGB", size, "red").save(out, kind, exif=exif)
    return SimpleUploadedFile(f"照片.{kind.lower()}", out.getvalue() + tail)


def test_a_photo_is_encoded_again(chen, at):
    kept = store_photo(upload=picture(tail=b"<?php evil"), by=chen, at=at)
    data = read(kept)
    assert b"secret camera" not in data and b"evil" not in data
    assert kept.name == "照片.jpg" and "照片" not in str(path_of(kept))


@pytest.mark.parametrize(
    ("name", "data"), [("a.jpg", b"not a picture"), ("a.svg", b"<svg/>"), ("a.exe", b"MZ"), ("a.gif", b"GIF89a;")]
)
def test_anything_else_is_refused_in_words(chen, at, name, data):
    with pytest.raises(DomainError) as refusal:
        store_upload(upload=SimpleUploadedFile(name, data), by=chen, at=at)
    assert refusal.value.field == "file"


def test_a_photo_bomb_is_refused_before_it_is_unpacked(chen, at):
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(DomainError, match="四千万"):
        store_photo(upload=SimpleUploadedFile("bomb.png", out.getvalue()), by=chen, at=at)


def test_a_large_photo_is_scaled_down(chen, at):
    kept = store_photo(upload=picture(size=(4000, 1000)), by=chen, at=at)
    assert (kept.width, kept.height) == (2560, 640)


def test_a_pdf_is_kept_as_it_is(chen, at):
    kept = store_upload(upload=SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"), by=chen, at=at)
    assert (kept.content_type, read(kept)) == ("application/pdf", b"%PDF-1.4 x")
