from importlib.util import find_spec

from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from conduct.floors import FLOORS as CONDUCT
from visits.floors import FLOORS as VISITS

from .health import healthz, readyz
from .metrics import metrics

ROOMS = [f"conduct.{room}" for room in CONDUCT] + [f"visits.{room}" for room in VISITS]

health = (
    [
        path("healthz", healthz, name="healthz"),
        path("readyz", readyz, name="readyz"),
        path("metrics", metrics, name="metrics"),
    ],
    "health",
)

urlpatterns = [
    path("", include(health)),
    # Nobody gets a password by mail: the administrator sets it.
    path("accounts/password/reset/", RedirectView.as_view(pattern_name="account_login"), name="account_reset_password"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    *[path("", include(f"{room}.urls")) for room in ROOMS if find_spec(f"{room}.urls")],
]
