from dataclasses import dataclass

from ..reasons import Reason


class ChannelError(Exception):
    """The channel did not take it. `reason` is one of Reason, `code` and `words` are the channel's own.

    `unsure` says that the point of no return was passed and nobody answered: it may have arrived.
    """

    def __init__(self, reason, words="", *, code="", unsure=False):
        super().__init__(f"{reason}: {words}")
        self.reason, self.words, self.code = Reason(reason), str(words)[:300], str(code)[:40]
        self.unsure = unsure


@dataclass(frozen=True)
class Parcel:
    """What a channel carries. `files` is [(name, content type, bytes), …]; `reference` is new for every attempt;
    `secret` is what a channel signs with."""

    recipient: str
    subject: str
    body: str
    files: list
    reference: str
    message_id: str
    secret: str = ""


@dataclass(frozen=True)
class Receipt:
    """`final`: it arrived, as far as this channel can tell. Otherwise `remote_id` is what to ask about later."""

    final: bool
    words: str = ""
    code: str = ""
    remote_id: str = ""
    pages: int | None = None


class Channel:
    """A way out of the house. `point_of_no_return` is called, and has committed, before anything may arrive."""

    code: str

    def check_recipient(self, recipient):
        """Raises ChannelError(BAD_NUMBER) for what can never be reached."""

    def send(self, parcel, point_of_no_return):
        """Hand the parcel over. Returns a Receipt or raises ChannelError."""
        raise LookupError(f"{self.code} cannot send")

    def poll(self, remote_id):
        """A final Receipt, None while it is still on its way, or ChannelError."""
        raise LookupError(f"{self.code} has nothing to ask about")

    def find(self, reference):
        """The remote id under which an earlier attempt was taken, or None. Raises ChannelError when nobody answers."""
        return None
