from visits.intake.models import OrderTemplate

PAGES = dict.fromkeys(("new", "find", "templates", "new_template", "edit_template"), {"chen"})
POST_ONLY = {"keep_promise"}
LISTS = {"/order-templates/": ("chen", 4)}


def things(story):
    template = OrderTemplate.objects.create(number="OT-0001", name="季度巡检", scope="检查电源")
    entry = story.visit.entries.first()
    return {"edit_template.number": template.number, "keep_promise.number": story.order.site.number, "entry": entry.pk}


def add_row(story):
    OrderTemplate.objects.create(number=f"OT-9{story.place}", name=f"模板{story.place}", scope="检查电源")
