#!/usr/bin/env python3
"""A telephone exchange that exists only on loopback.  Standard library only.

Every software modem (iaxmodem) has this exchange as its `server`.  The exchange
reads the called number out of the IAX2 NEW frame and does what its dial plan
says for that number:

    line:NAME            connect the call to the modem registered as NAME in "lines"
    busy                 the called line is engaged
    noanswer             rings and rings, nobody picks up
    unassigned           number does not exist (call rejected, cause 1)
    human                somebody picks up and talks, no fax tone (1 kHz/400 Hz babble)
    drop:NAME:SECONDS    connect to NAME, cut the line SECONDS after it was answered
    loss:NAME:PERCENT    connect to NAME, throw away PERCENT % of the audio packets
    mute:NAME:SECONDS    connect to NAME, line goes dead silent (no hang-up) after SECONDS

A number may hold a list; entries are used one call after the other and the last
one stays:  {"02520002097": ["busy", "busy", "line:hq"]}.
The plan file is read again for every call, so a test may rewrite it while running.

    iax_exchange.py --port 20000 --plan plan.json --log calls.jsonl

plan.json = {"lines": {"hq": 20002}, "numbers": {"02520002002": "line:hq"}, "default": "unassigned"}

calls.jsonl gets one line per event: {"t":…, "call":1, "ev":"new|answer|hangup|…", …}.

IAX2 is RFC 5456.  Between two connected modems the exchange only copies
datagrams (each callee leg has its own UDP socket, so IAX call numbers never
clash); for busy/noanswer/… it plays the far end itself.
"""

import argparse
import json
import math
import os
import random
import selectors
import signal
import socket
import struct
import sys
import time

import iax_frames as iax


class Call:
    seq = 0

    def __init__(self, ex, addr, new, ies, action):
        Call.seq += 1
        self.id, self.ex, self.addr, self.callno, self.action = Call.seq, ex, addr, new.src, action
        self.verb, *self.args = action.split(":")
        self.t0 = self.last = time.time()
        self.answered = self.cut = None
        self.frames = [0, 0]  # audio packets caller->callee, callee->caller
        self.leg = None  # socket towards the callee (connected calls)
        self.dead = False
        self.number = ies.get(iax.IE_CALLED, b"").decode("ascii", "replace")
        # state for frames this exchange makes itself (towards the caller)
        self.my = 1 + (self.id % 30000)
        self.oseq, self.iseq, self.lastts, self.unacked = 0, 1, 0, []
        # sequence numbers seen in relayed traffic, needed to cut the line from outside
        self.seen = {"a": None, "b": None}
        ex.log(
            self.id,
            "new",
            number=self.number,
            caller=ies.get(iax.IE_CALLING, b"").decode("ascii", "replace"),
            name=ies.get(iax.IE_CALLING_NAME, b"").decode("utf-8", "replace"),
            action=action,
        )

    # ---- frames of our own -------------------------------------------------
    def ts(self):
        self.lastts = max(self.lastts + 3, int((time.time() - self.t0) * 1000))
        return self.lastts

    def send(self, ft, sub, body=b""):
        d = iax.full(self.my, self.callno, self.ts(), self.oseq, self.iseq, ft, sub, body)
        self.oseq = (self.oseq + 1) & 255
        self.unacked.append([d, time.time() + 0.5, 0])
        self.ex.main.sendto(d, self.addr)

    def ack(self, f):
        self.ex.main.sendto(iax.full(self.my, self.callno, f.ts, self.oseq, self.iseq, iax.FT_IAX, iax.IAX_ACK), self.addr)

    def end(self, why):
        if not self.dead:
            self.dead = True
            self.ex.log(
                self.id,
                "end",
                why=why,
                seconds=round(time.time() - self.t0, 2),
                talk=round(time.time() - self.answered, 2) if self.answered else 0,
                audio=self.frames,
            )


class Exchange:
    def __init__(self, port, planfile, logfile, bind="127.0.0.1"):
        self.planfile, self.bind = planfile, bind
        self.logf = open(logfile, "a", buffering=1) if logfile else sys.stdout
        self.sel = selectors.DefaultSelector()
        self.main = self.sock(port)
        self.sel.register(self.main, selectors.EVENT_READ, None)
        self.calls, self.used = {}, {}  # (addr, callno) -> Call ; number -> calls so far
        self.babble = self.make_babble()

    def sock(self, port):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        s.bind((self.bind, port))
        s.setblocking(False)
        return s

    def log(self, call, ev, **kw):
        print(
            json.dumps({"t": round(time.time(), 3), "call": call, "ev": ev, **kw}, ensure_ascii=False), file=self.logf, flush=True
        )

    @staticmethod
    def make_babble():
        """One second of two wandering tones, 16 bit big endian, in 20 ms packets: a stand-in for a voice."""
        out = []
        for k in range(50):
            out.append(
                b"".join(
                    struct.pack(
                        "!h",
                        int(
                            5000 * math.sin(2 * math.pi * (300 + 8 * k) * (160 * k + i) / 8000)
                            + 3000 * math.sin(2 * math.pi * 1013 * (160 * k + i) / 8000)
                        ),
                    )
                    for i in range(160)
                )
            )
        return out

    # ---- dial plan ------------------------------------------------------------
    def route(self, number):
        with open(self.planfile) as f:
            plan = json.load(f)
        self.lines = plan.get("lines", {})
        act = plan.get("numbers", {}).get(number, plan.get("default", "unassigned"))
        if isinstance(act, list):
            n = self.used.get(number, 0)
            self.used[number] = n + 1
            act = act[min(n, len(act) - 1)]
        return act

    # ---- caller side ------------------------------------------------------------
    def on_main(self, d, addr):
        if len(d) < 4:
            return
        if d[0] & 0x80:
            if len(d) < 12:
                return
            f = iax.Full(d)
            c = self.calls.get((addr, f.src))
            if f.ft == iax.FT_IAX and f.sub == iax.IAX_NEW and not f.dst:
                if c and not c.dead and f.retrans:
                    if c.leg:
                        c.leg.send(d)
                    return
                if c:
                    self.drop(c, "replaced")
                c = self.new_call(f, addr)
                if c.leg:
                    c.seen["a"] = f
                    c.leg.send(d)
                return
            if not c:
                return
            c.last = time.time()
            if c.leg:
                if not (f.ft == iax.FT_IAX and f.sub in iax.NOSEQ):
                    c.seen["a"] = f
                if f.ft == iax.FT_IAX and f.sub in (iax.IAX_HANGUP, iax.IAX_REJECT):
                    self.log(c.id, "hangup", by="caller")
                    c.end("caller hung up")
                if f.ft == iax.FT_VOICE and not self.pass_audio(c, 0):
                    return
                if c.cut != "mute":
                    c.leg.send(d)
            else:
                self.local(c, f)
        else:
            src = struct.unpack("!H", d[:2])[0]
            c = self.calls.get((addr, src))
            if c and c.leg and self.pass_audio(c, 0):
                c.last = time.time()
                c.leg.send(d)

    def new_call(self, f, addr):
        ies = f.ies()
        number = ies.get(iax.IE_CALLED, b"").decode("ascii", "replace")
        action = self.route(number)
        c = Call(self, addr, f, ies, action)
        self.calls[(addr, f.src)] = c
        if c.verb in ("line", "drop", "loss", "mute"):
            port = self.lines[c.args[0]]
            c.leg = self.sock(0)
            c.leg.connect((self.bind, port))
            self.sel.register(c.leg, selectors.EVENT_READ, c)
        elif c.verb == "unassigned":
            c.iseq = 1
            c.send(iax.FT_IAX, iax.IAX_REJECT, iax.ie(iax.IE_CAUSE, "No such number") + iax.ie(iax.IE_CAUSECODE, b"\x01"))
            c.end("unassigned")
        else:
            c.iseq = 1
            c.send(iax.FT_IAX, iax.IAX_ACCEPT, iax.ie(iax.IE_FORMAT, struct.pack("!I", iax.CODEC_SLINEAR)))
            c.plan = {
                "busy": [(0.3, iax.FT_CONTROL, iax.C_BUSY)],
                "noanswer": [(0.3, iax.FT_CONTROL, iax.C_RINGING)],
                "human": [(0.3, iax.FT_CONTROL, iax.C_RINGING), (2.0, iax.FT_CONTROL, iax.C_ANSWER)],
            }[c.verb]
            c.nextbabble = None
        return c

    def local(self, c, f):
        """A frame from the caller in a call where the exchange itself is the far end."""
        if f.ft == iax.FT_IAX and f.sub == iax.IAX_ACK:
            c.unacked = [u for u in c.unacked if ((u[0][8] - f.iseq) & 255) < 128]
            return
        c.unacked = [u for u in c.unacked if ((u[0][8] - f.iseq) & 255) < 128]
        if f.ft == iax.FT_IAX and f.sub in (iax.IAX_VNAK, iax.IAX_INVAL):
            return
        c.iseq = (f.oseq + 1) & 255
        if f.ft == iax.FT_IAX and f.sub in (iax.IAX_PING, iax.IAX_LAGRQ):
            d = iax.full(
                c.my, c.callno, f.ts, c.oseq, c.iseq, iax.FT_IAX, iax.IAX_PONG if f.sub == iax.IAX_PING else iax.IAX_LAGRP
            )
            c.oseq = (c.oseq + 1) & 255
            self.main.sendto(d, c.addr)
            return
        c.ack(f)
        if f.ft == iax.FT_IAX and f.sub in (iax.IAX_HANGUP, iax.IAX_REJECT):
            self.log(c.id, "hangup", by="caller")
            c.end("caller hung up")

    # ---- callee side --------------------------------------------------------------
    def on_leg(self, c, d):
        c.last = time.time()
        if d[0] & 0x80 and len(d) >= 12:
            f = iax.Full(d)
            if not (f.ft == iax.FT_IAX and f.sub in iax.NOSEQ):
                c.seen["b"] = f
            if f.ft == iax.FT_CONTROL and f.sub == iax.C_ANSWER and not c.answered:
                c.answered = time.time()
                self.log(c.id, "answer", after=round(c.answered - c.t0, 2))
            if f.ft == iax.FT_IAX and f.sub in (iax.IAX_HANGUP, iax.IAX_REJECT):
                self.log(
                    c.id,
                    "hangup" if f.sub == iax.IAX_HANGUP else "reject",
                    by="callee",
                    cause=f.ies().get(iax.IE_CAUSE, b"").decode("ascii", "replace"),
                )
                c.end("callee hung up" if f.sub == iax.IAX_HANGUP else "callee busy")
                if f.sub == iax.IAX_REJECT:
                    # iaxmodem rejects while it is off-hook; a real exchange would give the busy tone
                    self.main.sendto(iax.full(f.src, f.dst, f.ts, f.oseq, f.iseq, iax.FT_IAX, iax.IAX_HANGUP, f.body), c.addr)
                    return
            if f.ft == iax.FT_VOICE and not self.pass_audio(c, 1):
                return
        elif not self.pass_audio(c, 1):
            return
        if c.cut != "mute":
            self.main.sendto(d, c.addr)

    def pass_audio(self, c, way):
        c.frames[way] += 1
        if c.cut:
            return False
        if c.verb == "loss" and c.answered and random.random() * 100 < float(c.args[1]):
            return False
        return True

    def cut_line(self, c):
        """Hang up both ends as a dying line would."""
        a, b = c.seen["a"], c.seen["b"]
        if a and b:
            body = iax.ie(iax.IE_CAUSE, "Line cut") + iax.ie(iax.IE_CAUSECODE, bytes([41]))
            # towards the caller as if from the callee, and the other way round
            self.main.sendto(iax.full(b.src, a.src, b.ts + 20, b.oseq + 1, a.oseq + 1, iax.FT_IAX, iax.IAX_HANGUP, body), c.addr)
            c.leg.send(iax.full(a.src, b.src, a.ts + 20, a.oseq + 1, b.oseq + 1, iax.FT_IAX, iax.IAX_HANGUP, body))
        c.cut = "drop"
        c.end("line cut by dial plan")

    def drop(self, c, why):
        c.end(why)
        if c.leg:
            self.sel.unregister(c.leg)
            c.leg.close()
            c.leg = None
        self.calls.pop((c.addr, c.callno), None)

    # ---- clock ----------------------------------------------------------------------
    def tick(self):
        now, wait = time.time(), 1.0
        for c in list(self.calls.values()):
            if c.leg:
                if c.answered and not c.cut and c.verb in ("drop", "mute"):
                    due = c.answered + float(c.args[1])
                    if now >= due:
                        self.log(c.id, c.verb)
                        if c.verb == "drop":
                            self.cut_line(c)
                        else:
                            c.cut = "mute"
                    else:
                        wait = min(wait, due - now)
            else:
                for u in list(c.unacked):
                    if now >= u[1]:
                        u[1], u[2] = now + 1, u[2] + 1
                        if u[2] > 5:
                            c.unacked.remove(u)
                        else:
                            self.main.sendto(u[0][:2] + bytes([u[0][2] | 0x80]) + u[0][3:], c.addr)
                while not c.dead and getattr(c, "plan", None) and now - c.t0 >= c.plan[0][0]:
                    _, ft, sub = c.plan.pop(0)
                    c.send(ft, sub)
                    self.log(c.id, {iax.C_BUSY: "busy", iax.C_RINGING: "ringing", iax.C_ANSWER: "answer"}[sub])
                    if sub == iax.C_ANSWER:
                        c.answered, c.nextbabble, c.k, c.first = now, now, 0, True
                if not c.dead and getattr(c, "plan", None):
                    wait = min(wait, max(0.01, c.plan[0][0] - (now - c.t0)))
                if not c.dead and getattr(c, "nextbabble", None):
                    while now >= c.nextbabble:
                        pcm = self.babble[c.k % 50]
                        if c.first:
                            c.send(iax.FT_VOICE, 0x80 | 6, pcm)  # C bit: subclass is a power of two, 2**6 = slinear
                            c.first = False
                        else:
                            t = int((c.nextbabble - c.t0) * 1000) & 0xFFFF
                            self.main.sendto(struct.pack("!HH", c.my, t) + pcm, c.addr)
                        c.k += 1
                        c.frames[1] += 1
                        c.nextbabble += 0.02
                    wait = min(wait, max(0.001, c.nextbabble - now))
            if now - c.last > (20 if c.dead else 120):
                self.drop(c, "timeout")
        return wait

    def run(self):
        wait = 0.1
        while True:
            for key, _ in self.sel.select(wait):
                for _ in range(200):
                    try:
                        d, addr = key.fileobj.recvfrom(4096)
                    except (BlockingIOError, ConnectionRefusedError):
                        break
                    if key.data is None:
                        self.on_main(d, addr)
                    elif key.data.leg is key.fileobj:
                        self.on_leg(key.data, d)
            wait = self.tick()


def own_net():
    """unshare(CLONE_NEWNET) and bring lo up; carry on in the shared network where that is not allowed."""
    import ctypes
    import fcntl

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x40000000):
        print("own-net: not permitted, staying in the shared network:", os.strerror(ctypes.get_errno()), file=sys.stderr)
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: IFF_UP | IFF_RUNNING


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--port", type=int, default=20000)
    ap.add_argument("--bind", default="127.0.0.1")
    ap.add_argument("--plan", required=True)
    ap.add_argument("--log")
    ap.add_argument(
        "--own-net", action="store_true", help="move into a new network namespace with only loopback (needs CAP_SYS_ADMIN)"
    )
    a = ap.parse_args()
    if a.own_net:
        own_net()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Exchange(a.port, a.plan, a.log, a.bind).run()


if __name__ == "__main__":
    main()
