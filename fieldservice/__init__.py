"""Wiring. Nobody imports this package; Django and Celery start it."""

from .celery import app

__all__ = ["app"]
