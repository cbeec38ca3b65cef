from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate


def message_of(parcel, *, sender, sender_name=""):
    """The parcel as an e-mail, ready for the wire."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(parcel.subject.split())
    message["From"] = formataddr((sender_name, sender))
    message["To"] = parcel.recipient
    message["Message-ID"] = parcel.message_id
    message["Date"] = formatdate(localtime=True)
    message["X-Reference"] = parcel.reference
    message.set_content(parcel.body or parcel.subject)
    for name, content_type, data in parcel.files:
        main, _slash, sub = content_type.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message
