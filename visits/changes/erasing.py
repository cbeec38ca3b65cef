from .models import ChangeApproval, lines_of

WORDS = ("way_back", "rehearsal", "backup", "locks", "announcement", "tests_before", "tests_after", "end_note", "review")


def blank_changes(*, visit):
    """That a change was approved, begun and ended stays; names, words and pictures go. Returns the files, which nothing holds any more."""
    files = []
    for change in ChangeApproval.objects.filter(visit=visit).select_related("copy", "consent_copy"):
        files += [file for file in (change.copy, change.consent_copy) if file]
        blank = dict.fromkeys(WORDS, "") | {"title": "–", "requested_name": "–", "steps": "\n".join("–" for _line in lines_of(change.steps))}
        named = {"signer_name": "–" if change.signer_name else "", "signer_position": "", "emergency": {}, "consent": {}}
        ChangeApproval.objects.filter(pk=change.pk).update(copy=None, consent_copy=None, **blank, **named)
    return files
