"""The code on a piece of equipment's label: what the QR code leads to."""

import base64

from django.utils.crypto import salted_hmac

LENGTH = 10
SALT = "conduct.customers.labels"


def label_of(number):
    """Ten letters and digits that nobody can count through, the same for a number each time (50 of the HMAC's bits)."""
    digest = salted_hmac(SALT, number, algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:LENGTH]
