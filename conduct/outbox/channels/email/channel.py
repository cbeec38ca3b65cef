import smtplib
import ssl
from dataclasses import dataclass

from ...reasons import Reason
from ..base import Channel, ChannelError, Receipt
from ..message import message_of


@dataclass(frozen=True)
class Email(Channel):
    """SMTP, one recipient a message. The point of no return is DATA.

    A partial refusal is silent with more than one recipient, and "dropped before" and "delivered, answer lost" raise
    the same exception: only our own phase can tell them apart.
    """

    code = "email"
    host: str
    port: int
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = ""
    tls: str = ""  # "", "starttls" or "ssl"
    connect_seconds: float = 15
    talk_seconds: float = 60

    def check_recipient(self, recipient):
        if "@" not in recipient or any(letter.isspace() for letter in recipient):
            raise ChannelError(Reason.BAD_NUMBER, recipient)

    def send(self, parcel, point_of_no_return):
        self.check_recipient(parcel.recipient)
        message = message_of(parcel, sender=self.sender, sender_name=self.sender_name)
        smtp = self._connect()
        try:
            self._ask(smtp.mail, self.sender)
            self._ask(smtp.rcpt, parcel.recipient)
            point_of_no_return()
            code, words = self._data(smtp, message.as_bytes())
        finally:
            smtp.close()
        if code != 250:
            raise _refusal(code, words)
        return Receipt(final=True, code=str(code), words=_text(words))

    def _connect(self):
        kind = smtplib.SMTP_SSL if self.tls == "ssl" else smtplib.SMTP
        try:
            smtp = kind(self.host, self.port, timeout=self.connect_seconds)
            smtp.sock.settimeout(self.talk_seconds)
            smtp.ehlo_or_helo_if_needed()
            if self.tls == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if self.user:
                smtp.login(self.user, self.password)
            return smtp
        except smtplib.SMTPAuthenticationError as error:
            raise ChannelError(Reason.SIGN_IN, _text(error.smtp_error), code=error.smtp_code) from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(Reason.UNREACHABLE, error) from error

    def _ask(self, command, argument):
        try:
            code, words = command(argument)
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(Reason.UNREACHABLE, error) from error
        if code not in (250, 251):
            raise _refusal(code, words)

    def _data(self, smtp, data):
        try:
            return smtp.data(data)
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(Reason.UNSURE, error, unsure=True) from error


def _refusal(code, words):
    return ChannelError(Reason.REFUSED if code >= 500 else Reason.TEMPORARY, _text(words), code=code)


def _text(words):
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
