"""Headquarters' key pair, to which laptops seal what they hold.

Keys live beside the sealing key, in a folder of their own, one file each: `<key id>.pem` (mode 600). The newest is handed to
laptops; older ones stay, so that what was sealed to them can still be opened. No key enters the database or a backup of it.
"""

import datetime
import functools
import os
import re
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from .envelope import jwk_of

FOLDER = "headquarters"
KEY_ID = re.compile(r"^hq-\d{8}T\d{6}-[0-9a-f]{8}$")


def public_key(keys_dir, *, at):
    """{"id", "jwk"} of the newest key, made now if there is none."""
    folder = Path(keys_dir) / FOLDER
    newest = max(folder.glob("hq-*.pem"), default=None, key=lambda path: path.stem)
    key_id = newest.stem if newest else make_key(keys_dir, at=at)
    return {"id": key_id, "jwk": jwk_of(_load(folder / f"{key_id}.pem").public_key())}


def private_key(keys_dir, key_id):
    """The private key of that id, or None when it is not here."""
    path = Path(keys_dir) / FOLDER / f"{key_id}.pem"
    return _load(path) if KEY_ID.match(key_id) and path.exists() else None


def opener(keys_dir):
    """A function from key id to private key, as envelope.open_envelope wants it."""
    return functools.partial(private_key, keys_dir)


def make_key(keys_dir, *, at):
    """Make a new pair; from now on laptops seal to it. Returns its id, which sorts by time."""
    folder = Path(keys_dir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_id = f"hq-{at.astimezone(datetime.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = folder / f".{key_id}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / f"{key_id}.pem")
    return key_id


@functools.cache
def _load(path):
    return serialization.load_pem_private_key(path.read_bytes(), password=None)
