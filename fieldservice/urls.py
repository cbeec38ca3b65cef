from importlib.util import find_spec

from django.urls import include, path

from conduct.floors import FLOORS as CONDUCT
from visits.floors import FLOORS as VISITS

ROOMS = [f"conduct.{room}" for room in CONDUCT] + [f"visits.{room}" for room in VISITS]

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    *[path("", include(f"{room}.urls")) for room in ROOMS if find_spec(f"{room}.urls")],
]
