"""Does a PDF carry our seal, unbroken? Pure: bytes and certificates in, a finding out.

The seal alone is not enough: something painted over the page in a later update may still read as valid. So the caller
also compares the SHA-256 of the whole file with the one that was kept at sealing.
"""

import hashlib
import io

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def seal_is_whole(data, certificates):
    """True when the only signature in `data` is a seal by one of `certificates` that covers the whole file."""
    try:
        embedded = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
        if len(embedded) != 1:
            return False
        context = ValidationContext(trust_roots=certificates, allow_fetching=False)
        status = validate_pdf_signature(embedded[0], signer_validation_context=context)
        return status.intact and status.valid and status.trusted and status.coverage.name == "ENTIRE_FILE"
    except Exception:  # a broken PDF breaks the reader in many ways; each means: not our unbroken seal
        return False


def sealed_part(data):
    """The file as it was when its first signature was made: what came after is left off. Empty when there is none."""
    try:
        _start, _length, start, length = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures[0].byte_range
        return data[: start + length]
    except Exception:  # as above
        return b""


def signed_since(data, certificates):
    """Names of those who signed after our seal, when that is all that happened since; None when anything else did.

    Who they are is not checked, only that their signatures are unbroken and that they are signatures.
    """
    try:
        seal, *later = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
        context = ValidationContext(trust_roots=certificates, allow_fetching=False)
        status = validate_pdf_signature(seal, signer_validation_context=context)
        others = [validate_pdf_signature(signature, signer_validation_context=context) for signature in later]
        whole = status.intact and status.valid and status.trusted and status.docmdp_ok
        if not (whole and others and all(each.intact and each.valid and each.docmdp_ok for each in others)):
            return None
        if others[-1].coverage.name != "ENTIRE_FILE":
            return None
        return [_name(signature.signer_cert.subject) for signature in later]
    except Exception:  # as above
        return None


def _name(subject):
    return subject.native.get("common_name") or subject.human_friendly


def names_our_seal(data, certificates):
    """True when some signature in `data` was made by one of `certificates`, broken or not."""
    try:
        ours = {certificate.sha256 for certificate in certificates}
        embedded = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
        return any(signature.signer_cert.sha256 in ours for signature in embedded)
    except Exception:  # as above
        return False
