"""A real IMAP server (Dovecot) with one mailbox, on a free loopback port."""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.services import free_port

PASSWORD = "bounces-of-the-test"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@contextlib.contextmanager
def imap_server():
    """Yields the port. Root hands over to the user that the package made; anybody else stays who they are."""
    folder = Path(tempfile.mkdtemp(prefix="fieldservice-imap-"))
    who = pwd.getpwnam("dovecot") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    port = free_port()
    facts = {"folder": folder, "port": port, "user": who.pw_name, "group": grp.getgrgid(who.pw_gid).gr_name, "uid": who.pw_uid, "gid": who.pw_gid}
    (folder / "dovecot.conf").write_text(CONFIGURATION.format(password=PASSWORD, **facts))
    if os.getuid() == 0:
        os.chown(folder, who.pw_uid, who.pw_gid)
        folder.chmod(0o755)
    server = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


def _wait(port):
    for _try in range(100):
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            imaplib.IMAP4("127.0.0.1", port, timeout=2).logout()
            return
        time.sleep(0.1)
    raise AssertionError("Dovecot did not start")


def put(port, raw):
    """Lay an e-mail into the mailbox."""
    with imaplib.IMAP4("127.0.0.1", port, timeout=5) as box:
        box.login("bounces", PASSWORD)
        box.append("INBOX", None, None, raw)
