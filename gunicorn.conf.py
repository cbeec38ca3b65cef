"""gunicorn reads this file by itself: memory that stays shared, and what the measures for Prometheus need of the web server."""

import os
from pathlib import Path

FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if FOLDER and os.environ.get("METRICS_EMPTIED") != str(os.getpid()):
    # Before the application is loaded, and not again when the server is told to read its settings anew.
    os.environ["METRICS_EMPTIED"] = str(os.getpid())
    for file in Path(FOLDER).glob("*.db"):
        file.unlink()


def child_exit(server, worker):
    if FOLDER:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)


def pre_fork(server, worker):
    """What was loaded before the fork stays shared: the collector does not touch it (two workers 185 MB, then 165 MB)."""
    import gc

    gc.collect()
    gc.freeze()
