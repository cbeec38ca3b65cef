from dataclasses import dataclass, field


@dataclass(frozen=True)
class PaperInput:
    """All that a paper is made from: nothing else reaches the page, so equal input gives equal bytes.

    `kind` is signed, refused, transcribed, or blank for the sheet that is printed before the visit. `strokes` is the
    signature as {"width", "height", "strokes": [[[x, y, t, pressure]]]}; times are ISO minutes with offset; `changes`
    are the differences from the version signed before, [{"field", "before", "after"}].
    """

    statement: dict
    sha256: str = ""
    kind: str = "blank"
    verify_url: str = ""
    signer_name: str = ""
    signer_position: str = ""
    signer_telephone: str = ""
    satisfaction: int | None = None
    comment: str = ""
    refusal_reason: str = ""
    typed_name: str = ""
    strokes: dict | None = None
    stamp: bytes | None = None
    logo: bytes | None = None
    no_stamp_reason: str = ""
    transcribed_by: str = ""
    consent: str = ""
    signed_at: str = ""
    received_at: str = ""
    changes: list = field(default_factory=list)
    clock: dict = field(default_factory=dict)
