READERS = {"manager_sun", "techmgr_qian"}
PAGES = dict.fromkeys(
    ("this_month", "month", "tickets", "people", "customers", "trend", "figure", "rows", "export", "export_visits"), READERS
)
POST_ONLY = {"close"}
LISTS = {
    "/month/2026-11/": ("manager_sun", 7),
    "/month/2026-11/tickets/": ("manager_sun", 9),
    "/month/2026-11/people/": ("manager_sun", 8),
    "/month/2026-11/customers/": ("manager_sun", 9),
    "/month/2026-11/trend/": ("manager_sun", 7),
    "/month/2026-11/rows/": ("manager_sun", 8),
    "/month/2026-11/figures/on_time/": ("manager_sun", 10),
}


def things(story):
    return {"month": "2026-11", "code": "on_time"}
