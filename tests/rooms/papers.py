from tests.rooms.who import SEES
from visits.papers.models import Paper

PAGES = {"paper": set(), "sheet": SEES}
ANYBODY = {"verify", "verify_code", "certificates"}
POST_ONLY = {"again"}


def things(story):
    return {"code": Paper.objects.get(sign_off=story.sign_off).code, "version": 1}
