from visits.packs.models import Pack

PAGES = {
    **dict.fromkeys(("list", "detail"), {"manager_sun", "techmgr_qian"}),
    "policy": {"manager_sun"},
    "file": set(),
}
POST_ONLY = {"again"}
LISTS = {"/packs/": ("manager_sun", 9)}


def things(story):
    pack = Pack.objects.create(number="MP-2026-000001", month="2026-10", staff=story.wang, due_on=story.at.date())
    return {"number": pack.number, "file_id": story.sign_off.pk}


def add_row(story):
    facts = {"missing_count": 1, "missing": []}
    Pack.objects.create(number=f"MP-2026-9{story.place}", month="2026-10", staff=story.someone, due_on=story.at.date(), facts=facts)
