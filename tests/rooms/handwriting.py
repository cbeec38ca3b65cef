from visits.handwriting.actions import look

PAGES = {"list": {"chen"}, "confirmation": {"chen", "manager_sun", "techmgr_qian"}, "specimen": {"wang", "zhao"}}
LISTS = {"/confirmations/": ("chen", 4)}


def things(story):
    look(at=story.sign_off.received_at, draw=lambda sides: 0)
    return {}


def add_row(story):
    signed = story.visit.sign_offs.get()
    look(at=signed.received_at, draw=lambda sides: 0)
