from dataclasses import dataclass
from pathlib import Path

from ..base import Channel, Receipt
from ..folder import write
from ..message import message_of


@dataclass(frozen=True)
class MailFolder(Channel):
    """E-mail into a folder, as .eml files that any mail program opens: for the demo and for looking."""

    code = "mail_folder"
    folder: Path
    sender: str
    sender_name: str = ""

    def send(self, parcel, point_of_no_return):
        message = message_of(parcel, sender=self.sender, sender_name=self.sender_name)
        point_of_no_return()
        path = write(self.folder, f"{parcel.reference}.eml", message.as_bytes())
        return Receipt(final=True, words=path.name)
