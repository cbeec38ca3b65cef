"""Small drawings as SVG of our own: nothing that came from outside is ever parsed as SVG."""

import base64

import segno
from django.utils.safestring import mark_safe


def data_url(data, content_type):
    return f"data:{content_type};base64,{base64.b64encode(data).decode()}"


def signature_svg(strokes, *, pen=2.6):
    """The strokes as one compact path, cropped to the ink. Points closer than a pixel are left out of the picture only."""
    paths, xs, ys = [], [], []
    for stroke in strokes["strokes"]:
        points = [stroke[0]] + [b for a, b in zip(stroke, stroke[1:], strict=False) if abs(b[0] - a[0]) + abs(b[1] - a[1]) >= 1]
        xs += [point[0] for point in points]
        ys += [point[1] for point in points]
        x, y = points[0][:2]
        steps = []
        for point in points[1:] or [points[0]]:
            steps.append(f"{point[0] - x} {point[1] - y}")
            x, y = point[:2]
        paths.append(f"M{points[0][0]} {points[0][1]}l" + " ".join(steps))
    left, top = min(xs) - 4, min(ys) - 4
    width, height = max(xs) - left + 4, max(ys) - top + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" width="{width}" height="{height}">'
        f'<path d="{"".join(paths)}" fill="none" stroke="#000" stroke-width="{pen}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def signature_url(strokes):
    return data_url(signature_svg(strokes).encode(), "image/svg+xml")


def qr_svg(text):
    """A QR code with error correction M: it has to survive a fax at 204 x 98 dpi."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))


def qr_url(text):
    return data_url(
        segno.make(text, error="m", micro=False)
        .svg_inline(border=2, omitsize=True)
        .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        .encode(),
        "image/svg+xml",
    )
