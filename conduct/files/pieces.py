"""A file that arrives in pieces: each is on the disk before it is acknowledged, and the whole is checked by its hash."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError


def _path(key):
    return Path(settings.MEDIA_ROOT) / "pieces" / f"{key}.part"


def length(key):
    """How many bytes of it are here."""
    path = _path(key)
    return path.stat().st_size if path.exists() else 0


def append(key, *, offset, data):
    """Write `data` at `offset` and cut what may lie behind it. Returns the length by then."""
    path = _path(key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.seek(offset)
            file.write(data)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DomainError(_("The file could not be kept: the server's disk refused it."), field="file") from error
    return offset + len(data)


def sha256(key):
    with _path(key).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(key):
    return _path(key).read_bytes()


def drop(key):
    _path(key).unlink(missing_ok=True)
