import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.services import free_port

HERE = Path(__file__).parent
SPEED = "6"


@pytest.fixture(scope="session")
def fax_line():
    """A running line: (port of its hfaxd, folder of what headquarters received)."""
    if os.getuid() != 0 or not Path("/usr/sbin/faxq").exists():
        pytest.skip("the software fax line needs root and HylaFAX: tests/faxline/install.sh")
    # HylaFAX reads an underscore in a device's path as a slash.
    folder = Path(tempfile.gettempdir()) / f"faxline-{os.getpid()}"
    folder.mkdir()
    port, exchange = free_port(), 20000 + os.getpid() % 10000
    command = [
        sys.executable,
        HERE / "faxline.py",
        "run",
        folder / "line",
        "--speed",
        SPEED,
        "--port",
        str(port),
        "--iax",
        str(exchange),
    ]
    line = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    try:
        assert "ready" in line.stdout.readline()
        yield port, folder / "line" / "hq" / "recvq"
    finally:
        line.send_signal(signal.SIGTERM)
        line.wait(30)
        shutil.rmtree(folder, ignore_errors=True)
