"""What the product holds itself, so that a rule asks for no scan of it: the production change's form, the training sheet.
And what it misses: rules whose step a visit never took are asked before signing.

Pure; the twin is static/js/rules/proofs.js. A rule that is shown to be kept lets its step pass unless somebody answered it; its
answer is written down when the step is taken.
"""

CODES = CHANGE_FORM, ATTENDANCE, ASSESSMENT = "change.form", "training.attendance", "training.assessment"
STEPS = ("start_change", "end_training")  # where these are asked
CONSENT = "room.consent"
BOTH_SIGNED = ("ready", "running", "done", "rolled_back", "accepted")


def shown(change, facts):
    """{rule code: note of the answer}. `change` is the approval as plain data or None, `facts` are the record's.

    The note names the form that both sides approved by its number, an emergency's by its title: a laptop without network has no number.
    """
    found = {}
    if change and change["state"] in BOTH_SIGNED:
        found[CHANGE_FORM] = change["title"] if change["is_emergency"] else change["number"]
    if facts.get("sessions") and facts.get("attendees"):
        found[ATTENDANCE] = ""
        if all(row["key"] in facts["assessments"] for row in facts["attendees"]):
            found[ASSESSMENT] = ""
    return found


def asked_again(traits, facts):
    """The rules that are asked before signing as well, because nobody took the step that asks them.

    A training that never ended has a sheet with results, or says in words why not. A machine room that was never entered has the
    customer's consent, or says why nobody went in: of the gates at that door the one critical one. The count of what was carried
    in is asked at the departure in any case, and who did not go in has nothing to say to the others.
    """
    again = [CONSENT] if "machine_room" in traits and "enter_room" not in facts["steps"] else []
    if "training" in traits and "end_training" not in facts["steps"]:
        again += [ATTENDANCE, ASSESSMENT] if ATTENDANCE in shown(None, facts) else [ATTENDANCE]
    return again
