"""Where a web hook may go: out into the world over HTTPS, and into our own network only where a setting says so."""

import ipaddress
import socket
from urllib.parse import urlsplit

from ...reasons import Reason
from ..base import ChannelError


def allowed(address, scheme, networks):
    """May a hook be sent to this IP address? `networks` are those of our own that a setting names; only there without TLS."""
    ip = ipaddress.ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if any(ip in network for network in networks if network.version == ip.version):
        return True
    return scheme == "https" and ip.is_global and not ip.is_multicast


def destination(url, networks, *, resolve=socket.getaddrinfo):
    """(scheme, host, port, IP address to connect to, path). Raises ChannelError for what may not be called.

    The name is resolved once, every address it has must be allowed, and the connection goes to one of those that were looked at:
    a name that answers otherwise the second time gains nothing.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise ChannelError(Reason.BAD_NUMBER, url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ChannelError(Reason.BAD_NUMBER, url)
    try:
        found = [row[4][0] for row in resolve(parts.hostname, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise ChannelError(Reason.UNREACHABLE, error) from error
    except UnicodeError as error:
        raise ChannelError(Reason.BAD_NUMBER, url) from error
    if not found or not all(allowed(address.partition("%")[0], parts.scheme, networks) for address in found):
        raise ChannelError(Reason.BAD_NUMBER, f"{parts.hostname}: private, or not HTTPS")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, port, found[0], path
