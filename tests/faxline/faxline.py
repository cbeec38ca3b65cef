#!/usr/bin/env python3
"""A private, complete fax line on one machine: no telephone, no card, no system daemons.

    branch office                     loopback exchange                 headquarters
    sendfax -> hfaxd -> faxq
               faxsend -> iaxmodem OUT <-IAX2-> iax_exchange.py <-IAX2-> iaxmodem HQ <- faxgetty -> recvq/*.tif

Everything is real HylaFAX and a real software modem (spandsp) doing T.30/V.17 in real time.
All state lives in one directory; the only thing used from the system are the
installed packages (hylafax-server hylafax-client iaxmodem, see install.sh).

    faxline.py run DIR [--port 4561] [--iax 20000] [--speed 6]    start, print "ready …", stay until SIGTERM/^C

--speed N lets the clock of the whole line run N times faster (libfaketime): modems, fax server and
exchange all live in the same fast time, so a 60 s transmission takes 10 s at 6.  4 to 6 is safe on
2 busy cores, 12 still worked.  Clients (the product) stay in normal time.

Must run as root (faxq, faxgetty and iaxmodem insist on real uid 0 and then become uucp).
"""

import argparse
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))

# number -> what the exchange does with it (see iax_exchange.py)
DIALPLAN = {
    "02520002002": "line:hq",  # headquarters fax
    "02520002091": "busy",
    "02520002092": "noanswer",
    "02520002093": "unassigned",
    "02520002094": "human",  # somebody says hello
    "02520002095": "drop:hq:25",  # line cut 25 s after answer
    "02520002096": "loss:hq:0.1",  # 0.1 % packet loss
    "02520002097": ["busy", "busy", "line:hq"],
    "02520002098": ["drop:hq:25", "line:hq"],
    "02520002099": "mute:hq:20",  # line goes silent, nobody hangs up
}

COMMON = """\
CountryCode: 86
AreaCode: 25
LongDistancePrefix: 0
InternationalPrefix: 00
DialStringRules: etc/dialrules
ServerTracing: 0x001
UUCPLockDir: {dir}/lock
LogFacility: daemon
"""
FAXQ = (
    COMMON
    + """\
MaxTries: 3
MaxDials: 4
JobReqOther: {retry}
NotifyCmd: bin/notify-json
"""
)
MODEM = (
    COMMON
    + """\
FAXNumber: {number}
LocalIdentifier: "{ident}"
SessionTracing: 0x4F
RecvFileMode: 0644
LogFileMode: 0644
DeviceMode: 0660
RingsBeforeAnswer: 1
SpeakerVolume: off
MaxRecvPages: 25
TagLineFont: etc/lutRS18.pcf
TagLineFormat: "{tagline}"
ModemType: Class1
Class1AdaptRecvCmd: AT+FAR=1
Class1TMConnectDelay: 400
ModemResetCmds: AT+VCID=1
PagerTTYParity: none
CallIDPattern: "NMBR="
CallIDPattern: "NAME="
CallIDPattern: "ANID="
CallIDPattern: "NDID="
# A software modem needs no seconds to recover from a reset (defaults 2600 and 3000 ms)
ModemResetDelay: 200
ModemSoftResetCmdDelay: 200
# redial quickly in tests (defaults: busy 180 s, others 300 s, protocol error 60 s)
JobReqBusy: {retry}
JobReqNoCarrier: {retry}
JobReqNoAnswer: {retry}
JobReqNoFCon: {retry}
JobReqDataConn: {retry}
JobReqProto: {retry}
JobReqOther: {retry}
{extra}
"""
)
NOTIFY = """#!/bin/sh
# called by faxq: notify-json QFILE WHY JOBTIME [NEXTTRY]; appends one JSON line
q=$1; get() { sed -n "s/^$1://p" "$q" | tail -1 | sed 's/[\\\\"]/\\\\&/g'; }
printf '{"t":%s,"why":"%s","job":"%s","tag":"%s","number":"%s","npages":"%s","totpages":"%s","tottries":"%s","totdials":"%s","statuscode":"%s","status":"%s","csi":"%s","rate":"%s","commid":"%s","took":"%s","next":"%s"}\\n' \\
  "$(date +%s)" "$2" "$(get jobid)" "$(get jobtag)" "$(get external)" "$(get npages)" "$(get totpages)" "$(get tottries)" "$(get totdials)" \\
  "$(get statuscode)" "$(get status)" "$(get csi)" "$(get signalrate)" "$(get commid)" "$3" "$4" >> log/events.jsonl
"""
FAXRCVD = """#!/bin/sh
# called by faxgetty: faxrcvd FILE DEVID COMMID REASON CIDNUMBER CIDNAME DESTINATION…; appends one JSON line
printf '{"t":%s,"file":"%s","dev":"%s","commid":"%s","reason":"%s","cid":"%s","cidname":"%s","to":"%s"}\\n' \\
  "$(date +%s)" "$1" "$2" "$3" "$(printf %s "$4" | sed 's/[\\\\"]/\\\\&/g')" "$5" "$6" "$7" >> log/received.jsonl
"""


class FaxLine:
    def __init__(
        self,
        dir,
        port=4561,
        iax=20000,
        retry=5,
        plan=None,
        own_net=True,
        tagline="%Y-%m-%d %H:%M|%%l  %%n|%%j   %%P/%%T",
        modem_extra="",
    ):
        self.dir, self.port, self.iax, self.retry = os.path.abspath(dir), port, iax, retry
        self.plan, self.own_net, self.tagline, self.modem_extra = plan or DIALPLAN, own_net, tagline, modem_extra
        if "_" in self.dir:
            raise SystemExit("HylaFAX turns '_' in device paths into '/': choose a directory without '_'")
        self.procs = {}

    p = lambda self, *a: os.path.join(self.dir, *a)

    # ---- files ---------------------------------------------------------------
    def write(self, rel, text, mode=0o644, own=None):
        path = self.p(rel)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
        os.chmod(path, mode)
        if own:
            os.chown(path, own.pw_uid, own.pw_gid)

    def spool(self, name, configs):
        """A HylaFAX spool of its own: the packaged tree plus our etc/."""
        uucp = pwd.getpwnam("uucp")
        sp = self.p(name)
        shutil.copytree(
            "/var/spool/hylafax",
            sp,
            symlinks=True,
            ignore=lambda d, n: (
                [x for x in n if x.startswith("FIFO") or x == "conffifo"]
                + (
                    n
                    if os.path.basename(d)
                    in ("etc", "dev", "sendq", "doneq", "docq", "recvq", "log", "status", "info", "client", "tmp", "config")
                    else []
                )
            ),
        )
        shutil.rmtree(sp + "/etc")
        shutil.copytree("/etc/hylafax", sp + "/etc", ignore=shutil.ignore_patterns("config.*", "hosts.hfaxd"))
        for link, to in (("pdf2fax", "pdf2fax.gs"), ("ps2fax", "ps2fax.gs")):
            if not os.path.lexists(f"{sp}/bin/{link}"):
                os.symlink(to, f"{sp}/bin/{link}")
        os.chmod(sp, 0o755)
        for d in ["."] + "archive client config dev docq doneq info log pollq recvq sendq status tmp".split():
            os.chown(f"{sp}/{d}", uucp.pw_uid, uucp.pw_gid)
        os.chmod(sp + "/tmp", 0o1777)
        try:  # hfaxd works chroot'ed into the spool and wants a /dev/null there
            os.mknod(sp + "/dev/null", 0o666 | 0o020000, os.makedev(1, 3))
            os.chmod(sp + "/dev/null", 0o666)
        except PermissionError:  # "root" of a user namespace: borrow the real one
            open(sp + "/dev/null", "w").close()
            subprocess.run(["mount", "--bind", "/dev/null", sp + "/dev/null"], check=True)
        for rel, text in configs.items():
            self.write(f"{name}/etc/{rel}", text)
        # who may submit: any user name coming from loopback, no password.  With a password:
        #   "^fieldsvc@127\\.0\\.0\\.1$:21:<crypt(3) hash>"   (faxadduser writes such lines)
        self.write(f"{name}/etc/hosts.hfaxd", "^.*@127\\.0\\.0\\.1$:21::\n^.*@localhost$:21::\n", 0o600, uucp)
        self.write(f"{name}/bin/notify-json", NOTIFY, 0o755)
        self.write(f"{name}/bin/faxrcvd", FAXRCVD, 0o755)

    def iaxconf(self, name, port, ident, number):
        self.write(
            f"iax/{name}",
            f"device {self.p('tty' + name)}\nowner uucp:uucp\nmode 660\nport {port}\nrefresh 0\n"
            f"server 127.0.0.1:{self.iax}\npeername {name}\ncidname {ident}\ncidnumber {number}\ncodec slinear\n",
        )

    # ---- processes -------------------------------------------------------------
    def start(self, name, argv, cwd=None):
        log = open(self.p("log", name + ".log"), "ab")
        self.procs[name] = subprocess.Popen(
            argv,
            cwd=cwd or self.dir,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        return self.procs[name]

    def devid(self, name):
        return self.p("tty" + name).replace("/", "_")

    def up(self):
        t0 = time.time()
        for b in ("/usr/sbin/faxq", "/usr/sbin/hfaxd", "/usr/sbin/faxgetty", "/usr/bin/iaxmodem", "/usr/bin/sendfax"):
            if not os.path.exists(b):
                raise SystemExit(f"{b} is missing: run install.sh")
        if os.getuid() != 0:
            raise SystemExit("faxq and iaxmodem only start as root")
        os.makedirs(self.p("log"), exist_ok=True)
        os.makedirs(self.p("lock"), exist_ok=True)
        os.makedirs("/etc/iaxmodem", exist_ok=True)
        os.chmod(self.dir, 0o755)
        m = lambda number, ident: MODEM.format(
            dir=self.dir, number=number, ident=ident, retry=self.retry, tagline=self.tagline, extra=self.modem_extra
        )
        self.spool(
            "branch",
            {
                "config": FAXQ.format(dir=self.dir, retry=self.retry),
                "config." + self.devid("OUT"): m("+86.25.1000.1001", "FIELDSVC"),
            },
        )
        self.spool("hq", {"config": COMMON.format(dir=self.dir), "config." + self.devid("HQ"): m("+86.25.2000.2002", "HQ FAX")})
        self.iaxconf("OUT", self.iax + 1, "FIELDSVC", "02510001001")
        self.iaxconf("HQ", self.iax + 2, "HQ", "02520002002")
        self.write(
            "plan.json",
            json.dumps(
                {"lines": {"hq": self.iax + 2, "out": self.iax + 1}, "numbers": self.plan, "default": "unassigned"}, indent=1
            ),
        )
        ex = self.start(
            "exchange",
            [
                sys.executable,
                HERE + "/iax_exchange.py",
                "--port",
                str(self.iax),
                "--plan",
                self.p("plan.json"),
                "--log",
                self.p("log/calls.jsonl"),
            ]
            + (["--own-net"] if self.own_net else []),
        )
        self.wait(lambda: os.path.exists(self.p("log/calls.jsonl")), 5, "exchange")
        # iaxmodem binds 0.0.0.0; when the exchange got its own network namespace the modems move in with it
        ns = (
            ["nsenter", "-t", str(ex.pid), "-n", "--"]
            if os.readlink(f"/proc/{ex.pid}/ns/net") != os.readlink("/proc/self/ns/net")
            else []
        )
        for n in ("OUT", "HQ"):
            self.start("iaxmodem-" + n, ns + ["iaxmodem", "../.." + self.p("iax", n)])  # it only looks in /etc/iaxmodem/…
        self.wait(lambda: all(os.path.exists(self.p("tty" + n)) for n in ("OUT", "HQ")), 5, "modem ttys")
        self.start("faxq", ["/usr/sbin/faxq", "-D", "-q", self.p("branch")], self.p("branch"))
        self.start(
            "hfaxd", ["/usr/sbin/hfaxd", "-d", "-q", self.p("branch"), "-l", "127.0.0.1", "-i", str(self.port)], self.p("branch")
        )
        self.start("faxgetty-HQ", ["/usr/sbin/faxgetty", "-q", self.p("hq"), self.p("ttyHQ")], self.p("hq"))
        self.start("faxgetty-OUT", ["/usr/sbin/faxgetty", "-q", self.p("branch"), self.p("ttyOUT")], self.p("branch"))
        self.wait(lambda: self.status("OUT") == self.status("HQ") == "Running and idle", 40, "modems idle")
        with open(self.p("pids.json"), "w") as f:
            json.dump({k: v.pid for k, v in self.procs.items()}, f)
        self.ready_after = round(time.time() - t0, 2)
        return self

    def status(self, name):
        try:
            with open(self.p("hq" if name == "HQ" else "branch", "status", self.devid(name))) as f:
                return f.read().strip()
        except OSError:
            return None

    @staticmethod
    def wait(cond, seconds, what):
        end = time.time() + seconds
        while not cond():
            if time.time() > end:
                raise TimeoutError(what)
            time.sleep(0.1)

    def down(self):
        try:
            with open(self.p("pids.json")) as f:
                pids = json.load(f)
        except OSError:
            pids = {}
        pids.update({k: v.pid for k, v in self.procs.items()})
        # fax server first: iaxmodem does not go while somebody holds its tty
        for name in ("faxgetty-OUT", "faxgetty-HQ", "hfaxd", "faxq", "iaxmodem-OUT", "iaxmodem-HQ", "exchange"):
            if name in pids:
                try:
                    os.killpg(pids[name], signal.SIGTERM)
                except ProcessLookupError:
                    pass
        time.sleep(0.5)
        for pid in pids.values():
            try:
                os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for p in self.procs.values():
            p.wait()


def run_fast(speed):
    """Runs this script again under one faketime wrapper, whose children share one start time, so that all clocks agree.

    The wrapper stays as the parent and dies of a signal without passing it on, so stop signals go to its child.
    """
    wrapper = subprocess.Popen(["faketime", "-f", f"+0 x{speed:g}", sys.executable, os.path.abspath(__file__), *sys.argv[1:]])

    def stop(*_):
        try:
            inner = open(f"/proc/{wrapper.pid}/task/{wrapper.pid}/children").read().split()
        except OSError:
            inner = []
        for pid in inner or [wrapper.pid]:
            try:
                os.kill(int(pid), signal.SIGTERM)
            except ProcessLookupError:
                pass

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C reaches the child by itself
    return wrapper.wait()


def go_first():
    """Modems in software lose their tone when a busy machine lets them wait: they use little of it, and come before the others."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    except PermissionError:
        pass  # a container without the right: as good as the machine is quiet


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cmd", choices=["run"])
    parser.add_argument("dir")
    parser.add_argument("--port", type=int, default=4561)
    parser.add_argument("--iax", type=int, default=20000)
    parser.add_argument("--speed", type=float, default=1, help="time factor (needs the faketime package)")
    a = parser.parse_args()
    go_first()
    if a.speed != 1 and "FAKETIME" not in os.environ:
        sys.exit(run_fast(a.speed))
    line = FaxLine(a.dir, a.port, a.iax)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        line.up()
        print(f"ready: hfaxd on localhost:{a.port}, received faxes in {line.dir}/hq/recvq", flush=True)
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        pass
    finally:
        line.down()


if __name__ == "__main__":
    main()
