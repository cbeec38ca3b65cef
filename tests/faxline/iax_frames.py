"""The frames of IAX2 (RFC 5456) that the exchange speaks: parsed, and made."""

import struct

FT_VOICE, FT_CONTROL, FT_IAX = 2, 4, 6
IAX_NEW, IAX_PING, IAX_PONG, IAX_ACK, IAX_HANGUP, IAX_REJECT, IAX_ACCEPT = 1, 2, 3, 4, 5, 6, 7
IAX_INVAL, IAX_LAGRQ, IAX_LAGRP, IAX_VNAK = 0x0A, 0x0B, 0x0C, 0x12
C_RINGING, C_ANSWER, C_BUSY = 3, 4, 5
IE_CALLED, IE_CALLING, IE_CALLING_NAME, IE_FORMAT, IE_CAUSE, IE_CAUSECODE = 1, 2, 4, 9, 0x16, 0x2A
CODEC_SLINEAR = 1 << 6
NOSEQ = {IAX_ACK, IAX_INVAL, IAX_VNAK}


class Full:
    """One IAX2 full frame."""

    __slots__ = ("src", "retrans", "dst", "ts", "oseq", "iseq", "ft", "sub", "body")

    def __init__(self, d):
        a, b, self.ts, self.oseq, self.iseq, self.ft, self.sub = struct.unpack("!HHIBBBB", d[:12])
        self.src, self.retrans, self.dst, self.body = a & 0x7FFF, bool(b & 0x8000), b & 0x7FFF, d[12:]

    def ies(self):
        out, p = {}, 0
        while p + 2 <= len(self.body):
            k, n = self.body[p], self.body[p + 1]
            out[k] = self.body[p + 2 : p + 2 + n]
            p += 2 + n
        return out


def full(src, dst, ts, oseq, iseq, ft, sub, body=b""):
    return struct.pack("!HHIBBBB", 0x8000 | src, dst, ts & 0xFFFFFFFF, oseq & 255, iseq & 255, ft, sub) + body


def ie(k, v):
    if isinstance(v, str):
        v = v.encode()
    return bytes([k, len(v)]) + v
