import secrets
import time
import uuid


def uuid7(at=None, *, bits=secrets.randbits):
    """A time-ordered id (RFC 9562, version 7): 48 bits of Unix milliseconds, then 74 random bits.

    `at` is an aware datetime; without it the id takes the machine's clock, which only orders it. `bits(count)` gives the
    random ones; only a company that is the same each time it is played hands over its own.
    """
    milliseconds = int((at.timestamp() if at else time.time()) * 1000)
    bits = (milliseconds << 80) | bits(80)
    bits = (bits & ~(0xF << 76)) | (0x7 << 76)
    bits = (bits & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=bits)


def nonce():
    """128 random bits in hex: good for one signature."""
    return secrets.token_hex(16)
