"""How a subscriber knows that a call is ours and new. Pure."""

import hashlib
import hmac


def sign(secret, timestamp, body):
    """ "sha256=…": HMAC-SHA256 over "<timestamp>.<body>"; `timestamp` in whole seconds since 1970, `body` bytes."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
