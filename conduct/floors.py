"""The floors of conduct, bottom first. A room imports only from floors below it; tests/test_house.py reads this list."""

FLOORS = (
    "base",
    "trail",
    "tally",
    "files",
    "people",
    "devices",
    "company",
    "shell",
    "privacy",
    "outbox",
    "notices",
    "customers",
    "workdays",
    "rules",
    "checklists",
    "approvals",
    "attendance",
    "stock",
    "spares",
    "purchases",
)
