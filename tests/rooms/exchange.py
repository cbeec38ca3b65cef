# Another program shows a token, whoever is signed in; tests/visits/exchange asks each route without one.
ANYBODY = {
    "customers", "customer", "sites", "equipment", "one_equipment", "orders", "order", "visits", "visit", "papers", "paper",
}  # fmt: skip


def things(story):
    return {"code": "none", "number": "none"}
