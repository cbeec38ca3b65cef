import io

from PIL import Image


def jpeg(width=320, height=200, shade=90, quality=85):
    """The bytes of a small picture."""
    out = io.BytesIO()
    Image.effect_noise((width, height), shade).convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()
