"""A time-stamp service of our own on loopback (RFC 3161), which can be told to misbehave."""

import contextlib
import datetime
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

MOMENT = datetime.datetime(2026, 11, 24, 3, 43, 7, tzinfo=datetime.UTC)


class Tsa:
    """`mood` is granted, refused, other (stamps something else), page (a login page), broken or silent."""

    def __init__(self):
        key = rsa.generate_private_key(65537, 2048)
        self.pem = _certificate(key)
        self.certificate = asn1_x509.Certificate.load(self.pem.public_bytes(serialization.Encoding.DER))
        der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self.clock = DummyTimeStamper(self.certificate, keys.PrivateKeyInfo.load(der), fixed_dt=MOMENT)
        self.mood, self.asked = "granted", 0

    def answer(self, body):
        request = tsp.TimeStampReq.load(body)
        self.asked += 1
        if self.mood == "silent":
            time.sleep(1.5)
        if self.mood == "refused":
            return tsp.TimeStampResp({"status": {"status": "rejection", "status_string": ["not today"]}}).dump()
        if self.mood == "other":
            request["message_imprint"] = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
        token = self.clock.request_tsa_response(request).dump()
        return token[: len(token) // 2] if self.mood == "broken" else token


@contextlib.contextmanager
def serving(tsa):
    """The address of the service while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            answer = tsa.answer(self.rfile.read(int(self.headers["Content-Length"])))
            with contextlib.suppress(OSError):  # who asked may have gone
                self.send_response(200)
                self.send_header("Content-Type", "text/html" if tsa.mood == "page" else "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(answer)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _certificate(key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "国家授时测试站")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(MOMENT - datetime.timedelta(days=900))
        .not_valid_after(MOMENT + datetime.timedelta(days=900))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
