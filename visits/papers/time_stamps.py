"""Time stamps of a trusted service (RFC 3161): over the seal while a paper is made, or over the finished file afterwards.

A token counts when the service signed it, when it is about what we asked for, and, where the service's own root certificates
are known, when its certificate leads there. Anything else is as if there were no token.
"""

import asyncio
import datetime
import functools
import logging
from dataclasses import dataclass, field
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

SECONDS = 5
# The toolkit logs a line for every token whose root nobody named; that is our own decision, not news.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.ERROR)


class NoTimeStamp(Exception):
    """The service gave none that counts; the message says why."""


@dataclass(frozen=True)
class Stamp:
    at: datetime.datetime
    by: str
    token: bytes = field(repr=False)


@dataclass(frozen=True)
class Service:
    """Where time stamps come from. `roots` are the certificates that its own must lead to; with none, any signer's count."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    roots: tuple = ()
    seconds: float = SECONDS

    def stamper(self):
        return Stamper(self)

    def over(self, sha256):
        """A Stamp over a SHA-256, 64 hexadecimal digits. Raises NoTimeStamp."""
        stamper = self.stamper()
        try:
            asyncio.run(stamper.async_timestamp(bytes.fromhex(sha256), "sha256"))
        except Exception as error:  # a broken answer breaks its reader in many ways; each means: no time stamp
            raise NoTimeStamp(in_words(error)) from error
        return stamper.stamp


class Stamper(HTTPTimeStamper):
    """pyHanko's client, which takes no token unseen. `stamp` is what came last."""

    def __init__(self, service):
        auth = (service.user, service.password) if service.user else None
        super().__init__(service.url, timeout=service.seconds, auth=auth)
        self.roots, self.stamp = service.roots, None

    async def async_timestamp(self, message_digest, md_algorithm):
        token = await super().async_timestamp(message_digest, md_algorithm)
        self.stamp = await _checked(token, message_digest, self.roots)
        return token


async def _checked(token, digest, roots):
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    found = TimestampSignatureStatus(**await validate_tst_signed_data(token["content"], context, lambda _algorithm: digest))
    if not (found.intact and found.valid):
        raise NoTimeStamp("the token is not about this paper, or its signature is broken")
    if roots and not found.trusted:
        raise NoTimeStamp("the token's certificate does not lead to a root that is trusted here")
    name = found.signing_cert.subject
    return Stamp(found.timestamp, (name.native.get("common_name") or name.human_friendly)[:200], token.dump())


def in_words(error):
    """An error with its cause: the client says "Error while contacting …" and hides why."""
    cause = f" ({error.__cause__})" if error.__cause__ and str(error.__cause__) else ""
    return f"{type(error).__name__}: {error}{cause}"[:300]


@functools.cache
def roots_in(path):
    """The certificates of a PEM file."""
    return tuple(x509.Certificate.load(der) for _type, _headers, der in pem.unarmor(Path(path).read_bytes(), multiple=True))
