from conduct.outbox.channels.base import ChannelError, Receipt
from conduct.outbox.reasons import Reason


class DemoChannel:
    """How a demo delivery once went. Nothing leaves the house."""

    def __init__(self, luck, *, first, kind):
        self.luck, self.first, self.is_fax = luck, first, kind == "hq_fax"

    def send(self, parcel, point_of_no_return):
        if self.luck == "undelivered":
            raise self._trouble_for_good(point_of_no_return)
        if self.first and self.luck == "busy" and self.is_fax:
            raise ChannelError(Reason.BUSY, "Busy signal detected", code="333")
        if self.first and self.luck == "greylisted" and not self.is_fax:
            raise ChannelError(Reason.TEMPORARY, "4.7.1 Greylisted, please try again", code="450")
        point_of_no_return()
        if self.is_fax:
            return Receipt(final=True, words="2/2", code="000", pages=2)
        return Receipt(final=True, words="2.0.0 Ok: queued", code="250")

    def _trouble_for_good(self, point_of_no_return):
        if self.is_fax:
            return ChannelError(Reason.BAD_NUMBER, "Invalid dialing command")
        point_of_no_return()
        return ChannelError(Reason.UNSURE, "connection closed", unsure=True)
