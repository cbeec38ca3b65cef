"""How a browser of the tests is started: as root, quiet, without services of its maker."""

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"laptop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
PATIENCE = 60_000  # ms; a busy machine is no failure, and speed is measured elsewhere
