import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError

from .models import StoredFile
from .pictures import encode_again

MAX_BYTES = 20 * 1024 * 1024
ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "image/tiff": ".tif", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip


def store_photo(*, upload, by, at, kind=StoredFile.Kind.PHOTO):
    """Keep an uploaded picture (JPEG, PNG, WebP), encoded again. Raises DomainError for anything else."""
    data, content_type, size = encode_again(_read(upload))
    return _store(data, upload.name, content_type, kind, by, at, size)


def store_upload(*, upload, by, at, kind=StoredFile.Kind.UPLOAD):
    """Keep an uploaded picture or PDF. What it is, its first bytes say, not its name. Raises DomainError."""
    data = _read(upload)
    if data.startswith(b"%PDF-"):
        return _store(data, upload.name, "application/pdf", kind, by, at)
    data, content_type, size = encode_again(data, else_say=_("Only pictures (JPEG, PNG, WebP) and PDF files can be kept here."))
    return _store(data, upload.name, content_type, kind, by, at, size)


def store_bytes(*, data, name, content_type, kind, by, at):
    """Keep what the product made itself."""
    return _store(data, name, content_type, kind, by, at)


def _read(upload):
    if upload.size > MAX_BYTES:
        raise DomainError(_("The file is larger than 20 MB."), field="file")
    upload.seek(0)
    return upload.read()


def _store(data, name, content_type, kind, by, at, size=(None, None)):
    ending = ENDINGS.get(content_type, ".bin")
    path = f"{at:%Y/%m}/{secrets.token_hex(16)}{ending}"
    _write(Path(settings.MEDIA_ROOT) / path, data)
    return StoredFile.objects.create(
        kind=kind,
        name=Path(name).stem[:100] + ending,
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
        width=size[0],
        height=size[1],
        created_at=at,
        created_by=by,
    )


def _write(path, data):
    """Write beside, sync, rename: a full disk or a power cut leaves no half file under the real name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DomainError(_("The file could not be kept: the server's disk refused it."), field="file") from error


def discard(*, stored):
    """Remove files for good, `stored` being rows. One that something else still holds stays whole."""
    for row in stored:
        path = Path(settings.MEDIA_ROOT) / row.path
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            continue
        transaction.on_commit(lambda path=path: path.unlink(missing_ok=True))
