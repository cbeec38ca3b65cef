from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse

INLINE = ("image/", "application/pdf")


def path_of(stored):
    return Path(settings.MEDIA_ROOT) / stored.path


def open_file(stored):
    return path_of(stored).open("rb")


def read(stored):
    """The bytes of a stored file."""
    return path_of(stored).read_bytes()


def serve(stored, *, download=False):
    """The file as an answer. Ask for permission first: this does not."""
    response = FileResponse(open_file(stored), content_type=stored.content_type)
    return _with_headers(response, stored.name, stored.content_type, download)


def answer(data, *, name, content_type):
    """Bytes that were made of a stored file, under its name. Ask for permission first: this does not."""
    return _with_headers(HttpResponse(data, content_type=content_type), name, content_type)


def _with_headers(response, name, content_type, download=False):
    inline = content_type.startswith(INLINE) and not download
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
