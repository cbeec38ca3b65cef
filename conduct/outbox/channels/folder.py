import os

from ..reasons import Reason
from .base import ChannelError


def write(folder, name, data):
    """Write whole or not at all. Raises ChannelError when the disk refuses."""
    path = folder / name
    draft = folder / f".{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        raise ChannelError(Reason.UNREACHABLE, error) from error
    return path
