"""The next release as laptops see it: the same application, whose shells carry another version."""

from fieldservice.wsgi import application  # isort: skip
from conduct.shell import views

__all__ = ["application"]

this_release = views.manifest
views.manifest = lambda: this_release() | {"version": "next-release"}
