"""Pictures from outside are never kept as they came: they are decoded and encoded again.

That drops EXIF, GPS and anything glued on behind the picture, and refuses what only looks like one.
"""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from conduct.base.errors import DomainError

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2560


def encode_again(data, else_say=None):
    """(bytes, content type, (width, height)) of the picture in `data`, turned upright, at most 2560 px a side.

    JPEG stays JPEG; PNG and WebP become PNG when they are transparent, else JPEG. Raises DomainError, in the words
    of `else_say` when it is no picture at all.
    """
    picture = ImageOps.exif_transpose(_decode(data, else_say))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    out = io.BytesIO()
    if transparent:
        picture.convert("RGBA").save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png", picture.size
    picture.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), "image/jpeg", picture.size


def _decode(data, else_say):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=list(FORMATS))
            if picture.width * picture.height > MAX_PIXELS:
                raise DomainError(_("The picture has more than 40 million pixels. Please send a smaller one."), field="file")
            picture.load()
            return picture
    except DomainError:
        raise
    except Exception as error:  # Pillow raises many kinds for a broken picture; each means the same here
        message = else_say or _("This is not a picture that can be read: JPEG, PNG or WebP, please.")
        raise DomainError(message, field="file") from error
