"""Sealed envelopes: what only headquarters can open. Pure.

ECDH over P-256 with a key made for each envelope, HKDF-SHA-256, AES-256-GCM. `open_envelope` is what headquarters does and
`seal` what a laptop does. The format is fieldservice.sealed.1: {format, key, epk, salt, iv, data}, with the canonical JSON of
the first four as additional data; binary values are base64.
"""

import base64
import binascii
import json
import secrets

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = "fieldservice.sealed.1"
FILE_FORMAT = "fieldservice.sealed-file.1"


class Unopened(Exception):
    """`code` says why: "format" it is no envelope, "key" it was sealed to a key that is not here, "broken" it was changed."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def seal(item, *, key_id, public_jwk):
    """The envelope of `item`, a JSON value, to headquarters' public key."""
    own, salt, iv = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16), secrets.token_bytes(12)
    head = {"format": FORMAT, "key": key_id, "epk": jwk_of(own.public_key()), "salt": _text(salt)}
    data = AESGCM(_key(own, key_from(public_jwk), salt)).encrypt(iv, json.dumps(item).encode(), rfc8785.dumps(head))
    return {**head, "iv": _text(iv), "data": _text(data)}


def open_envelope(envelope, private_key):
    """The item of an envelope. `private_key` is a function from key id to a P-256 private key, or None. Raises Unopened."""
    try:
        head = {name: envelope[name] for name in ("format", "key", "epk", "salt")}
        salt, iv, data = (base64.b64decode(envelope[name], validate=True) for name in ("salt", "iv", "data"))
        theirs, additional = key_from(head["epk"]), rfc8785.dumps(head)
    except (TypeError, KeyError, ValueError, binascii.Error) as error:
        raise Unopened("format") from error
    if head["format"] != FORMAT:
        raise Unopened("format")
    own = private_key(str(head["key"]))
    if own is None:
        raise Unopened("key")
    try:
        return json.loads(AESGCM(_key(own, theirs, salt)).decrypt(iv, data, additional))
    except (InvalidTag, ValueError) as error:
        raise Unopened("broken") from error


def jwk_of(public_key):
    numbers = public_key.public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _url(numbers.x), "y": _url(numbers.y)}


def key_from(jwk):
    """The public key of a JWK. Raises ValueError for one that is no point of the curve."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise ValueError("not a P-256 key")
    x, y = (int.from_bytes(base64.urlsafe_b64decode(jwk[name] + "=" * (-len(jwk[name]) % 4)), "big") for name in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _key(own, theirs, salt):
    shared = own.exchange(ec.ECDH(), theirs)
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=FORMAT.encode()).derive(shared)


def _url(number):
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def _text(data):
    return base64.b64encode(data).decode()
