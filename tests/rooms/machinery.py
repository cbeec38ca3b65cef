"""Addresses that belong to no room."""

ANYBODY = {"health:healthz", "health:readyz", "health:metrics", "schema"}
