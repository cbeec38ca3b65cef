"""What a laptop keeps to open pages without a network: static files under their hashed names, and shells without data."""

import functools
import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import RequestFactory
from django.urls import resolve, reverse

WORKER = Path(__file__).with_name("service_worker.js")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
ROOT = settings.BASE_DIR / "static"


def files():
    """The addresses of every static file that a shell may ask for, in a fixed order."""
    names = {path.relative_to(ROOT).as_posix() for pattern in settings.OFFLINE_FILES for path in ROOT.glob(pattern)}
    return [staticfiles_storage.url(name) for name in sorted(name for name in names if (ROOT / name).is_file())]


def routes():
    """[[pattern of an address, start of its shell's address], …]: the shell of a language is the start plus "en/"."""
    return [[pattern, reverse(name, args=["xx"]).removesuffix("xx/")] for pattern, name in settings.OFFLINE_PAGES]


def shells():
    starts = dict.fromkeys(start for _pattern, start in routes())
    return [
        f"{start}{language}/"
        for start in [*starts, reverse("shell:offline", args=["xx"]).removesuffix("xx/")]
        for language in LANGUAGES
    ]


@functools.cache
def manifest():
    """The service worker's list. Its version changes with any file or any word of a shell, and only then."""
    listed = {
        "files": files(),
        "shells": shells(),
        "routes": routes(),
        "offline": reverse("shell:offline", args=["xx"]).removesuffix("xx/"),
    }
    digest = hashlib.sha256(json.dumps(listed).encode() + WORKER.read_bytes())
    for path in listed["shells"]:
        digest.update(_body(path))
    return listed | {"version": digest.hexdigest()[:16]}


def _body(path):
    """A shell as nobody in particular gets it, without the nonce that differs each time."""
    found = resolve(path)
    return found.func(RequestFactory().get(path), *found.args, **found.kwargs).content
