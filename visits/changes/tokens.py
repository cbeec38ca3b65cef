"""An approval that a laptop takes along: signed by headquarters, bound to who, what and when, checked without a network.

The key lies beside the sealing key, in a folder of its own, mode 600. Public keys are handed out as JWK; signatures are raw
(r and s, 32 bytes each), as WebCrypto wants them.
"""

import base64
import functools
import os
from pathlib import Path

import rfc8785
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

FORMAT = "fieldservice.change.1"


def signed(facts, keys_dir):
    """{"payload": canonical JSON text, "signature": base64} of plain `facts`.

    The same facts give the same bytes (RFC 6979), so that a bundle in which nothing changed looks unchanged.
    """
    text = rfc8785.dumps({"format": FORMAT, **facts})
    r, s = decode_dss_signature(_key(keys_dir).sign(text, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return {"payload": text.decode(), "signature": base64.b64encode(raw).decode()}


def public_key(keys_dir):
    """The JWK that laptops check tokens with."""
    numbers = _key(keys_dir).public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _url(numbers.x), "y": _url(numbers.y)}


def _url(number):
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


@functools.cache
def _key(keys_dir):
    path = Path(keys_dir) / "changes.pem"
    if not path.exists():
        _make(path)
    return serialization.load_pem_private_key(path.read_bytes(), password=None)


def _make(path):
    """Written whole or not at all; of two processes that make one at the same time, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
