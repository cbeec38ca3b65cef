"""A proxy between the browser and the server: what goes to the API takes the bad line of its laptop; the rest is the rig's page."""

import json
import threading
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .line import Lost, Request

HERE, STATIC = Path(__file__).parent, Path(__file__).parents[2] / "static"
IMPORTS = {
    "idb": "/vendor/idb/index.js", "uuid": "/vendor/uuid/v7.js", "canonicalize": "/vendor/canonicalize/canonicalize.js",
}  # fmt: skip
PAGE = f"""<!doctype html><html lang="zh-hans"><body><script id="words" type="application/json">{{"kinds": {{}}}}</script>
<script type="importmap">{json.dumps({"imports": IMPORTS})}</script></body></html>"""


class Road:
    """`lines` are the laptops' lines by session key. `sabotage` are {path: source}: modules that are served instead of ours."""

    def __init__(self, sabotage=()):
        self.lines, self.sabotage = {}, dict(sabotage)
        handler = type("Handler", (Handler,), {"road": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path.startswith("/api/"):
            return self._over_the_line()
        if self.path in self.road.sabotage:
            return self._answer(200, "text/javascript", self.road.sabotage[self.path].encode())
        place = HERE / self.path.removeprefix("/rig/") if self.path.startswith("/rig/") else STATIC / self.path.lstrip("/")
        if place.is_file():
            return self._answer(200, "text/javascript", place.read_bytes())
        return self._answer(200, "text/html; charset=utf-8", PAGE.encode())

    def do_POST(self):
        self._over_the_line()

    def _over_the_line(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = SimpleCookie(self.headers.get("Cookie", ""))["sessionid"].value
        try:
            answer = self.road.lines[key].send(Request(self.command, self.path, body, dict(self.headers.items())))
        except Lost:
            self.close_connection = True  # the browser sees a connection that broke
            return
        self._answer(answer.status, answer.content_type, answer.body)

    def _answer(self, status, content_type, body):
        try:
            self.send_response(status)
            for name, value in {"Content-Type": content_type, "Content-Length": len(body), "Cache-Control": "no-store"}.items():
                self.send_header(name, str(value))
            if status == 302:
                self.send_header("Location", "/login-of-the-hotel/")
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_args):
        pass
