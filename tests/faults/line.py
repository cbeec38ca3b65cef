"""The line between a laptop and headquarters, as bad as hotels and machine rooms make it; every fault is drawn from a seed."""

import http.client
from dataclasses import dataclass, field

NOTHING_SENT = {
    "stopped": None,
    "portal": (200, "text/html", b"<html>Welcome to our network. Please accept the terms.</html>"),
    "302": (302, "text/html", b""),
    "401": (401, "application/json", b'{"detail": "who are you"}'),
    "403": (403, "text/html", b"<h1>Forbidden</h1>"),
    "409": (409, "application/json", b'{"message": "busy"}'),
    "413": (413, "text/html", b"<h1>Request Entity Too Large</h1>"),
    "500": (500, "text/html", b"<h1>Server Error</h1>"),
}
SENT = ("lost", "truncated", "wrong hash", "duplicate", "late")
FAULTS = (*NOTHING_SENT, *SENT)
SHARE = 0.3
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Lost(Exception):
    """No answer came. What was sent may have arrived."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: bytes
    headers: dict


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    body: bytes


@dataclass
class Line:
    """One laptop's way to the server at `address`. `rng` draws a fault for a share of its requests.

    `on_stop` stops and starts the real server, as often as it likes. While `is_down`, nothing goes through at all.
    """

    address: tuple
    rng: object
    on_stop: object
    share: float = 0
    is_down: bool = False
    met: dict = field(default_factory=dict)
    late: list = field(default_factory=list)

    def send(self, request):
        """One request and its answer. Raises Lost."""
        if self.is_down:
            raise Lost
        fault = self.rng.choice(FAULTS) if self.rng.random() < self.share else None
        self.met[fault] = self.met.get(fault, 0) + 1
        if fault == "stopped":
            self.on_stop()
            raise Lost
        if fault in NOTHING_SENT:
            return Answer(*NOTHING_SENT[fault])
        if fault == "late":  # it lies in some buffer and arrives after what is sent later
            self.late.append(request)
            raise Lost
        answer = self._ask(request)
        self._deliver_late()
        return self._spoilt(fault, answer, request)

    def _spoilt(self, fault, answer, request):
        if fault == "lost":
            raise Lost
        if fault == "duplicate":
            return self._ask(request)
        if fault == "truncated":
            return Answer(answer.status, answer.content_type, answer.body[: self.rng.randrange(len(answer.body) or 1)])
        if fault == "wrong hash":
            return Answer(answer.status, answer.content_type, answer.body.replace(b'sha256":"', b'sha256":"0'))
        return answer

    def _deliver_late(self):
        if self.late and self.rng.random() < 0.5:
            try:
                self._ask(self.late.pop(self.rng.randrange(len(self.late))))
            except Lost:
                pass

    def flush(self):
        """What still lay in some buffer arrives at last."""
        while self.late:
            try:
                self._ask(self.late[-1])
            except Lost:
                continue
            self.late.pop()

    def _ask(self, request):
        connection = http.client.HTTPConnection(*self.address, timeout=60)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP}
        try:
            connection.request(request.method, request.path, request.body or None, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers.get("Content-Type", ""), response.read())
        except (TimeoutError, OSError, http.client.HTTPException) as error:
            raise Lost from error
        finally:
            connection.close()
