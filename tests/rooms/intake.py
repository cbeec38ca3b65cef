from visits.intake.models import OrderTemplate

PAGES = dict.fromkeys(("new", "find", "templates", "new_template", "edit_template"), {"chen"})
LISTS = {"/order-templates/": ("chen", 4)}


def things(story):
    template = OrderTemplate.objects.create(number="OT-0001", name="季度巡检", scope="检查电源")
    return {"edit_template.number": template.number}


def add_row(story):
    OrderTemplate.objects.create(number=f"OT-9{story.place}", name=f"模板{story.place}", scope="检查电源")
