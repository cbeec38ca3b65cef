import ftplib
from contextlib import contextmanager
from dataclasses import dataclass

from ...fax_pages import fax_pages
from ...numbers import fax_number
from ...reasons import Reason
from ..base import Channel, ChannelError, Receipt
from .protocol import FINAL, Hfaxd

# HylaFAX's words before the ";". On the last try the code is always 333 or 334, so the words are the cause.
WORDS = {
    "busy signal": Reason.BUSY,
    "no answer": Reason.NO_ANSWER,
    "no carrier": Reason.NOT_A_FAX,
    "ring detected without": Reason.NOT_A_FAX,
    "no local dialtone": Reason.OWN_LINE,
    "invalid dialing command": Reason.BAD_NUMBER,
    "blocked by": Reason.BAD_NUMBER,
    "job aborted by": Reason.CANCELLED,
    "document conversion": Reason.DOCUMENT,
    "could not reopen": Reason.DOCUMENT,
    "not in a supported": Reason.DOCUMENT,
    "no response to": Reason.DROPPED,
    "transmit phase": Reason.DROPPED,
    "unspecified": Reason.DROPPED,
    "no receiver": Reason.NOT_A_FAX,
    "no initial": Reason.NOT_A_FAX,
    "t.30 t1": Reason.NOT_A_FAX,
}
CODES = [
    (range(1, 2), Reason.BUSY), (range(2, 3), Reason.NOT_A_FAX), (range(3, 4), Reason.NO_ANSWER),
    (range(4, 5), Reason.OWN_LINE), (range(128, 150), Reason.DROPPED), (range(100, 156), Reason.PROTOCOL),
    (range(314, 324), Reason.DOCUMENT), (range(327, 328), Reason.BAD_NUMBER), (range(344, 353), Reason.CANCELLED),
    (range(402, 420), Reason.DOCUMENT),
]  # fmt: skip


def reason_of(code, words):
    """What HylaFAX's last status means, in our vocabulary."""
    cause = words.partition(";")[0].lower()
    for text, reason in WORDS.items():
        if text in cause:
            return reason
    number = int(code) if code.isdecimal() else -1
    return next((reason for numbers, reason in CODES if number in numbers), Reason.PROTOCOL)


@dataclass(frozen=True)
class Hylafax(Channel):
    """Fax through an hfaxd. Submitting is not idempotent: the reference is looked up before anything is repeated."""

    code = "fax_hylafax"
    host: str
    port: int
    user: str = "fieldservice"
    password: str = ""
    seconds: float = 30

    def check_recipient(self, recipient):
        fax_number(recipient)

    def send(self, parcel, point_of_no_return):
        number = fax_number(parcel.recipient)
        tiff, pages = fax_pages(parcel.files)
        with self._session() as session:
            if job := session.job_tagged(parcel.reference):
                return Receipt(final=False, remote_id=job, pages=pages)
            job = session.prepare(session.store(tiff), number, parcel.reference)
            point_of_no_return()
            try:
                session.submit()
            except (EOFError, OSError, ftplib.Error) as error:
                raise ChannelError(Reason.UNSURE, error, unsure=True) from error
        return Receipt(final=False, remote_id=job, pages=pages)

    def poll(self, remote_id):
        with self._session() as session:
            facts = session.facts(remote_id)
        if facts["STATE"] not in FINAL:
            return None
        if facts["STATE"] == "DONE" and facts["NPAGES"] == facts["TOTPAGES"]:
            return Receipt(final=True, words=f"{facts['NPAGES']}/{facts['TOTPAGES']}", pages=int(facts["NPAGES"]))
        raise ChannelError(reason_of(facts["STATUSCODE"], facts["STATUS"]), facts["STATUS"], code=facts["STATUSCODE"])

    def find(self, reference):
        with self._session() as session:
            return session.job_tagged(reference)

    @contextmanager
    def _session(self):
        try:
            session = Hfaxd(self.host, self.port, self.user, self.password, seconds=self.seconds)
        except ftplib.error_perm as error:
            raise ChannelError(Reason.SIGN_IN, error) from error
        except (EOFError, OSError, ftplib.Error) as error:
            raise ChannelError(Reason.UNREACHABLE, error) from error
        try:
            yield session
        except (EOFError, OSError, ftplib.Error) as error:
            raise ChannelError(Reason.UNREACHABLE, error) from error
        finally:
            session.close()
