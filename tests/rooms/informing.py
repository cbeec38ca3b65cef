from visits.informing.models import CustomerNotice

PAGES = {"note": {"chen"}}


def things(story):
    notice = CustomerNotice.objects.create(
        number="CN-2026-000001", visit=story.visit, cause="delay", new_time=story.at, reason="堵车", asked_at=story.at, asked_by=story.wang
    )
    return {"notice": notice.number}
