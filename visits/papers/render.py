"""Statement to PDF/A-3u. Pure but for the fonts: equal input gives equal bytes.

What a document may load is said in conduct/base/printing.py.
"""

import datetime
import json
import zlib

import pydyf
import rfc8785
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML, Attachment

from conduct.base.printing import DataOnly, stylesheet
from conduct.base.strokes import signature_url

from .drawing import logo_url, qr_url, stamp_url
from .view_model import page_of

MAX_FIELD = 4000
MAX_ROWS = 200
LEVEL = 3


def warm_up():
    """(stylesheet, font configuration), loaded once a process."""
    return stylesheet("css/paper.css")


def html_of(paper):
    """The paper's HTML, in the statement's language. Raises ValueError when a field or a table is too large."""
    _check_size(paper.statement)
    with translation.override(paper.statement["language"]):
        page = page_of(paper)
        page["qr"] = qr_url(paper.verify_url)
        page["signature"] = signature_url(paper.strokes) if paper.strokes else ""
        page["logo"] = logo_url(paper.logo) if paper.logo else ""
        page["stamp"] = stamp_url(paper.stamp) if paper.stamp else ""
        return render_to_string("paper/record.html", page)


def render(paper):
    """The paper as PDF/A-3u bytes, not sealed yet, with the statement and the strokes attached."""
    css, fonts = warm_up()
    document = HTML(string=html_of(paper), url_fetcher=DataOnly()).render(
        stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-3u", cache={}
    )
    return document.write_pdf(
        pdf_variant="pdf/a-3u",
        pdf_identifier=paper.sha256[:32].encode(),
        attachments=_attachments(paper),
        finisher=_compress,
    )


def _compress(_document, pdf):
    """Compress every stream once and quickly. Pydyf takes the slowest level, and does it again for the checksum in the identifier."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            item.stream = [zlib.compress(b"\n".join(map(_bytes, item.stream)), LEVEL)]
            item.extra["Filter"] = "/FlateDecode"
            item.compress = False


def _bytes(part):
    return part if isinstance(part, bytes) else part.data if isinstance(part, pydyf.Object) else str(part).encode("ascii")


def _attachments(paper):
    if paper.kind == "blank":
        return []
    files = [("record.json", rfc8785.dumps(paper.statement))]
    if paper.strokes:
        files.append(("strokes.json", json.dumps(paper.strokes, separators=(",", ":")).encode()))
    when = _moment(paper)
    return [
        Attachment(string=data, name=name, relationship="Data", created=when, modified=when, description=name)
        for name, data in files
    ]


def _moment(paper):
    """The moment of the signature, so that rendering again gives the same bytes."""
    return datetime.datetime.fromisoformat(paper.signed_at)


def _check_size(value):
    if isinstance(value, str) and len(value) > MAX_FIELD:
        raise ValueError(f"a field has {len(value)} characters, at most {MAX_FIELD} fit a paper")
    if isinstance(value, list) and len(value) > MAX_ROWS:
        raise ValueError(f"a table has {len(value)} rows, at most {MAX_ROWS} fit a paper")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_size(item)
