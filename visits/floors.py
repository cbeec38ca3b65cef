"""The floors of visits, bottom first: the life of a visit. Every room here may also import from conduct."""

FLOORS = (
    "yardsticks",
    "orders",
    "permits",
    "travel",
    "schedule",
    "board",
    "suggestions",
    "records",
    "points",
    "escalations",
    "signoff",
    "sync",
    "laptop",
    "papers",
    "delivery",
    "followup",
    "desk",
    "statistics",
    "packs",
    "demo",
)
