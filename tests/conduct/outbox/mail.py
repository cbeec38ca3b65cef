"""A real SMTP server that can be told to misbehave."""

import socket
import threading


class Mailbox:
    """What an SMTP server took, and what it answers: `rcpt` and `data` are SMTP answers."""

    def __init__(self):
        self.taken, self.rcpt, self.data = [], None, None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data:
            return self.data
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 2.0.0 taken"


class RudeServer(threading.Thread):
    """Speaks just enough SMTP to break off where it is told: before or after the final dot, or never answers."""

    def __init__(self, habit):
        super().__init__(daemon=True)
        self.habit, self.got_mail = habit, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        try:
            peer, _address = self.listener.accept()
            with peer:
                self._talk(peer, peer.makefile("rb"))
        except OSError:
            pass

    def _talk(self, peer, lines):
        if self.habit == "silent":
            lines.readline()
            return
        peer.sendall(b"220 rude\r\n")
        for line in lines:
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                return self._data(peer, lines)
            peer.sendall(b"250 OK\r\n")

    def _data(self, peer, lines):
        if self.habit == "drop_before_data":
            return
        peer.sendall(b"354 go on\r\n")
        for line in lines:
            if line == b".\r\n":
                break
        self.got_mail = True  # and it hangs up without a word

    def stop(self):
        self.listener.close()
