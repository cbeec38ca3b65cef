import secrets
import time
import uuid


def uuid7(at=None):
    """A time-ordered id (RFC 9562, version 7): 48 bits of Unix milliseconds, then 74 random bits.

    `at` is an aware datetime; without it the id takes the machine's clock, which only orders it.
    """
    milliseconds = int((at.timestamp() if at else time.time()) * 1000)
    bits = (milliseconds << 80) | secrets.randbits(80)
    bits = (bits & ~(0xF << 76)) | (0x7 << 76)
    bits = (bits & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=bits)
