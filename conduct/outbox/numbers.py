import re

from .channels.base import ChannelError
from .reasons import Reason


def fax_number(text):
    """The digits to dial, with a leading + for foreign ones. Raises ChannelError: fax servers take any nonsense."""
    digits = re.sub(r"[\s()\-.]", "", text)
    if not re.fullmatch(r"\+?\d{5,20}", digits):
        raise ChannelError(Reason.BAD_NUMBER, text)
    return digits
