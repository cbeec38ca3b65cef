import http.client
import socket
import ssl
import time
from dataclasses import dataclass

from ...reasons import Reason
from ..base import Channel, ChannelError, Receipt
from .guard import destination
from .signature import sign

LATER = {408, 425, 429}


@dataclass(frozen=True)
class Webhook(Channel):
    """A POST to another program, signed. It may come twice, always with the same id: whoever takes it asks for that first.

    Nobody calls `point_of_no_return`: a call that broke off is simply made again.
    """

    code = "webhook"
    networks: tuple = ()
    seconds: int = 15

    def check_recipient(self, recipient):
        destination(recipient, self.networks)

    def send(self, parcel, point_of_no_return):
        scheme, host, port, address, path = destination(parcel.recipient, self.networks)
        body, timestamp = parcel.body.encode(), str(int(time.time()))
        headers = {
            "Host": host if port in (80, 443) else f"{host}:{port}", "Content-Type": "application/json", "User-Agent": "fieldservice-webhook/1",
            "X-Webhook-Id": parcel.message_id.strip("<>"), "X-Webhook-Timestamp": timestamp,
        }  # fmt: skip
        if parcel.secret:
            headers["X-Webhook-Signature"] = sign(parcel.secret, timestamp, body)
        try:
            status, words = self._post(scheme, host, port, address, path, headers, body)
        except (OSError, http.client.HTTPException) as error:
            raise ChannelError(Reason.UNREACHABLE, error) from error
        if 200 <= status < 300:
            return Receipt(final=True, code=str(status), words=words)
        reason = Reason.TEMPORARY if status >= 500 or status in LATER else Reason.REFUSED
        raise ChannelError(reason, words, code=str(status))

    def _post(self, scheme, host, port, address, path, headers, body):
        """(status, first words of the answer). Redirects are not followed: they could lead anywhere."""
        connection = http.client.HTTPConnection(host, port, timeout=self.seconds)
        connection.sock = socket.create_connection((address, port), self.seconds)
        try:
            if scheme == "https":
                connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(300).decode("utf-8", "replace").strip()
        finally:
            connection.close()
