from tests.rooms.who import ADMIN, HQ, SEES

PAGES = {
    **dict.fromkeys(("customer_list", "site_list", "equipment_list"), HQ | ADMIN | {"wang", "zhao"}),
    **dict.fromkeys(("customer", "site", "equipment"), SEES | ADMIN),
    **dict.fromkeys(("new_customer", "new_site", "new_contact", "new_equipment"), {"chen", "admin_zhou"}),
    **dict.fromkeys(("edit_customer", "edit_site", "edit_contact", "edit_equipment"), {"chen", "admin_zhou"}),
}
LISTS = {"/customers/": ("chen", 4), "/sites/": ("chen", 4), "/equipment/": ("chen", 4)}


def things(story):
    site = story.order.site
    customer, equipment = site.customer.number, site.equipment.first().number
    return {
        "number": site.number,
        "pk": site.contacts.first().pk,
        **dict.fromkeys(("customer.number", "edit_customer.number"), customer),
        **dict.fromkeys(("equipment.number", "edit_equipment.number"), equipment),
    }
