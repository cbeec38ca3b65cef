"""Secrets that we have to say again, such as the key of a web hook: kept encrypted under a key that is not in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PURPOSE = b"fieldservice.sealing.1:"


def _box():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + key.encode()).digest())) for key in keys])


def seal(text):
    return _box().encrypt(text.encode()).decode()


def unseal(sealed):
    """The text. Raises ValueError when it was sealed under a secret key that is gone."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("sealed under another secret key") from error
