"""A month's files as ZIPs small enough to travel by mail. Files are read one after the other."""

import io
import zipfile

from .naming import inside

LARGEST = 12 * 1024 * 1024


def zips(files, read):
    """Bytes of one ZIP after the other. `files` are (folder, name, thing), `read(thing)` gives the bytes, or raises OSError:
    then the ZIP holds a line that says so. A ZIP ends once it is beyond LARGEST."""
    out, taken, book = io.BytesIO(), set(), None
    for folder, name, thing in files:
        book = book or zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        try:
            data, name = read(thing), f"{folder}_{name}"
        except OSError:
            data, name = b"", f"{folder}_{name}.missing"
        book.writestr(zipfile.ZipInfo(inside(name, taken)), data)
        if out.tell() > LARGEST:
            book.close()
            yield out.getvalue()
            out, taken, book = io.BytesIO(), set(), None
    if book:
        book.close()
        yield out.getvalue()
