"""The secret of a link: 256 random bits, of which only the hash is kept."""

import hashlib
import secrets


def new_token():
    """(token for the customer, hash to keep)."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def hash_of(token):
    """A random secret of 256 bits needs no slow hash."""
    return hashlib.sha256(token.strip().encode()).hexdigest()
