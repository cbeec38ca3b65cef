"""A call over real TLS: to a program that proves who it is, and to nobody else."""

import datetime
import ipaddress
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.factories import visits
from tests.visits.hooks.test_calls import HOUR, Subscriber, carry, erp, subscribe  # noqa: F401
from visits.hooks import actions
from visits.hooks.models import Call

OURS, SOMEBODY_ELSES = x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("other.example.com")


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def issued(subject, key, issuer, issuer_key, *extensions):
    """A certificate of today."""
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named(issuer)).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - HOUR).not_valid_after(now + HOUR)
    for extension, is_critical in extensions:
        made = made.add_extension(extension, critical=is_critical)
    return made.sign(issuer_key, hashes.SHA256())


class Authority:
    """Issues certificates; `file` is what a computer that trusts it holds."""

    def __init__(self, folder):
        self.folder, self.key, self.file = folder, ec.generate_private_key(ec.SECP256R1()), folder / "authority.pem"
        root = issued("authority", self.key, "authority", self.key, (x509.BasicConstraints(ca=True, path_length=0), True))
        self.file.write_bytes(root.public_bytes(serialization.Encoding.PEM))

    def context_for(self, name):
        """What a server of that name needs."""
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = issued("server", key, "authority", self.key, (x509.SubjectAlternativeName([name]), False))
        plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path = self.folder / "server.pem"
        path.write_bytes(key.private_bytes(*plain) + leaf.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


class Guarded(Subscriber):
    """The same program behind TLS."""

    def __init__(self, context):
        super().__init__()
        self.context = context

    def get_request(self):
        connection, address = super().get_request()
        return self.context.wrap_socket(connection, server_side=True), address

    @property
    def url(self):
        return super().url.replace("http://", "https://")


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


@pytest.fixture
def called(erp, chen, at):  # noqa: F811
    """Something happens while a server with that TLS context listens: (what it got, the delivery)."""
    servers = []

    def call(context):
        server = Guarded(context)
        servers.append(server)
        subscribe(erp, server, chen, at, events=["order.raised"])
        visits.order(chen, at)
        assert actions.look(at=at) == 1
        carry(at)
        return server.got, Call.objects.get().delivery

    yield call
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_program_with_a_trusted_certificate_is_called(authority, called, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))

    ((path, headers, body),), delivery = called(authority.context_for(OURS))

    assert delivery.state == "confirmed" and path == "/hooks/?from=us" and b"order.raised" in body
    assert headers["X-Webhook-Signature"].startswith("sha256=") and abs(int(headers["X-Webhook-Timestamp"]) - time.time()) < 60


@pytest.mark.parametrize(("name", "is_trusted"), [(OURS, False), (SOMEBODY_ELSES, True)])
def test_who_cannot_prove_its_name_hears_nothing(authority, called, monkeypatch, name, is_trusted):
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))

    got, delivery = called(authority.context_for(name))

    assert got == [] and (delivery.state, delivery.reason) == ("waiting", "unreachable")
    assert "certificate" in delivery.attempts.get().words.lower()
