"""The client side of hfaxd's protocol (FTP-like, usually port 4559), as far as sending needs it.

Facts: HylaFAX 6.0.7. sendfax can only prompt for a password and faxstat hides the status code, hence our own client.
"""

import ftplib
import re

FINAL = ("DONE", "FAILED")
FACTS = ("STATE", "STATUS", "STATUSCODE", "NPAGES", "TOTPAGES", "TOTTRIES", "TOTDIALS")


class Hfaxd(ftplib.FTP):
    """One session. Raises ftplib.Error and OSError."""

    def __init__(self, host, port, user, password="", *, seconds=30):
        super().__init__(timeout=seconds)
        self.encoding = "utf-8"
        self.connect(host, port)
        answer = self.sendcmd(f"USER {user}")
        if answer.startswith("3"):
            self.sendcmd(f"PASS {password}")
        self.voidcmd("TZONE GMT")
        self.voidcmd("TYPE I")

    def store(self, data):
        """Upload a document; returns the name the server gave it."""
        self.voidcmd("TYPE I")  # listing queues leaves text mode behind
        connection, _size = self.ntransfercmd("STOT")
        with connection:
            connection.sendall(data)
        answer = self.voidresp()
        return re.search(r"FILE: ([^\s)]+)", answer)[1].rstrip(".")

    def prepare(self, document, number, tag):
        """A job that is complete but not submitted. One dial, one try: every repetition is ours, by its reason."""
        job = re.search(r"jobid: (\d+)", self.sendcmd("JNEW"))[1]
        for name, value in (
            ("FROMUSER", '"fieldservice"'), ("DIALSTRING", f'"{number}"'), ("EXTERNAL", f'"{number}"'),
            ("JOBINFO", f'"{tag}"'), ("LASTTIME", "000100"), ("MAXTRIES", "1"), ("MAXDIALS", "1"), ("VRES", "196"),
            ("PAGEWIDTH", "209"), ("PAGELENGTH", "296"), ("NOTIFY", "NONE"), ("NOTIFYADDR", '"nobody@localhost"'),
            ("DOCUMENT", document),
        ):  # fmt: skip
            self.voidcmd(f"JPARM {name} {value}")
        return job

    def submit(self):
        self.voidcmd("JSUBM")

    def facts(self, job):
        """{STATE, STATUS, …} of a job as text."""
        self.voidcmd(f"JOB {job}")
        return {name: self.sendcmd(f"JPARM {name}")[4:].strip() for name in FACTS}

    def job_tagged(self, tag):
        """The id of the job with this tag, wherever it is queued, or None."""
        self.voidcmd('JOBFMT "%j|%J"')
        lines = []
        for queue in ("sendq", "doneq"):
            self.retrlines(f"LIST {queue}", lines.append)
        for line in lines:
            job, _bar, found = line.partition("|")
            if found.strip() == tag:
                return job.strip()
        return None
