"""The company's seal on a PDF: PAdES, by a key that the signer alone can read.

Keys live in a folder, one pair of files each: `<key id>.key` (mode 600) and `<key id>.crt`. The newest certificate
seals; older ones stay, so that what they sealed can be checked. The key never enters the database or a backup of it.
"""

import datetime
import functools
import io
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .time_stamps import in_words

YEARS = 10
TIME_TRIES = 2
# Hexadecimal digits; a token brings the certificates of its service along.
BYTES_RESERVED, BYTES_WITH_TIME = 8192, 32768


@dataclass(frozen=True)
class Sealer:
    key_id: str
    signer: signers.SimpleSigner

    def seal(self, pdf, *, reason, stamper=None):
        """The PDF with our certifying seal as an incremental update. Form filling stays allowed, to countersign.

        With a time_stamps.Stamper its token is part of the seal; raises whatever its service does.
        """
        metadata = signers.PdfSignatureMetadata(
            field_name="Seal",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            reason=reason,
            name=self.signer.subject_name,
        )
        out = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        reserved = BYTES_WITH_TIME if stamper else BYTES_RESERVED
        signers.PdfSigner(metadata, signer=self.signer, timestamper=stamper).sign_pdf(writer, output=out, bytes_reserved=reserved)
        return out.getvalue()


def seal_with_time(seal, service):
    """(PDF, Stamp or None, problem): sealed with the service's time, or, when it gave none, without one and why.

    `seal` is a function from a Stamper or None to a PDF. The service is asked twice at most: a customer waits for the copy.
    """
    problem = ""
    for _try in range(TIME_TRIES if service else 0):
        stamper = service.stamper()
        try:
            return seal(stamper), stamper.stamp, ""
        except Exception as error:  # whatever the service says or does not say, the paper is sealed
            problem = in_words(error)
    return seal(None), None, problem


def sealer(folder, *, company, at):
    """The sealer with the newest key of `folder`, made now if there is none."""
    folder = Path(folder)
    newest = max(folder.glob("*.crt"), default=None, key=lambda path: path.stem)
    if newest is None:
        newest = folder / f"{make_key(folder, company=company, at=at)}.crt"
    return _load(folder, newest.stem)


@functools.cache
def _load(folder, key_id):
    """Loading a key costs more than sealing with it, so each process keeps what it loaded."""
    certificate = _certificate(folder / f"{key_id}.crt")
    _type, _headers, der = pem.unarmor((folder / f"{key_id}.key").read_bytes())
    registry = SimpleCertificateStore()
    registry.register(certificate)
    key = asn1_keys.PrivateKeyInfo.load(der)
    return Sealer(key_id, signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=registry))


def certificates(folder):
    """Every certificate that ever sealed for us: the roots that verifying trusts."""
    return [_certificate(path) for path in sorted(Path(folder).glob("*.crt"))]


def certificates_pem(folder):
    """The same as text, newest first."""
    return b"".join(path.read_bytes() for path in sorted(Path(folder).glob("*.crt"), reverse=True))


def fingerprint(folder):
    """SHA-256 of the newest certificate, in pairs of digits, as signature checkers show it. Empty before the first seal."""
    ours = certificates(folder)
    return ours[-1].sha256.hex(":").upper() if ours else ""


def _certificate(path):
    _type, _headers, der = pem.unarmor(path.read_bytes())
    return asn1_x509.Certificate.load(der)


def make_key(folder, *, company, at):
    """Make a P-256 key and its certificate, valid for ten years. Returns the key id, which sorts by time."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_id = f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    key = ec.generate_private_key(ec.SECP256R1())
    pem_bytes = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    descriptor = os.open(folder / f"{key_id}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem_bytes)
    certificate = _self_signed(key, company or "fieldservice", at)
    (folder / f"{key_id}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return key_id


def _self_signed(key, company, at):
    name = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, company[:64]), x509.NameAttribute(NameOID.COMMON_NAME, company[:64])]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - datetime.timedelta(minutes=5))
        .not_valid_after(at + datetime.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .sign(key, hashes.SHA256())
    )
