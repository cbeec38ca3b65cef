import io

from PIL import Image, ImageDraw, ImageFont

# A5 at 150 dpi: large enough to be read, small enough for a demo.
SIZE = (874, 1240)
INK, RED = (25, 35, 90), (200, 20, 20)


def photographed(number, strokes):
    """JPEG bytes of a sheet signed and stamped by hand: its record number, a handwriting, a round stamp."""
    picture = Image.new("RGB", SIZE, (246, 244, 238))
    draw = ImageDraw.Draw(picture)
    draw.text((70, 80), number, fill="black", font=ImageFont.load_default(44))
    for stroke in strokes["strokes"]:
        draw.line([(80 + x, 850 + y) for x, y, *_rest in stroke], fill=INK, width=4, joint="curve")
    draw.ellipse((520, 820, 780, 1080), outline=RED, width=8)
    draw.regular_polygon((650, 950, 52), 5, rotation=0, fill=RED)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()
