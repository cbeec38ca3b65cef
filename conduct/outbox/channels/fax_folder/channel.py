from dataclasses import dataclass
from pathlib import Path

from ...fax_pages import fax_pages
from ...numbers import fax_number
from ..base import Channel, Receipt
from ..folder import write


@dataclass(frozen=True)
class FaxFolder(Channel):
    """Fax pages into a folder, exactly as a fax machine would get them: for the demo and for looking."""

    code = "fax_folder"
    folder: Path

    def check_recipient(self, recipient):
        fax_number(recipient)

    def send(self, parcel, point_of_no_return):
        number = fax_number(parcel.recipient)
        tiff, pages = fax_pages(parcel.files)
        point_of_no_return()
        path = write(self.folder, f"{parcel.reference}-to-{number}.tif", tiff)
        return Receipt(final=True, words=path.name, pages=pages)
