from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponseForbidden
from django.shortcuts import redirect

from .queries import company

OPEN = ("/accounts/", "/static/", "/me/language/", "/company/logo/", "/verify/", "/healthz", "/readyz", "/sw.js", "/app.webmanifest", "/shell/")


class SecondFactor:
    """Who holds a role that needs a second factor sets one up before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not request.path.startswith(OPEN) and self._lacks_one(request):
            return HttpResponseForbidden() if request.path.startswith("/api/") else redirect("mfa_index")
        return self.get_response(request)

    def _lacks_one(self, request):
        """Asked once a session and then remembered, so that a page costs no query for it."""
        key = "second_factor_checked"
        if request.session.get(key) == request.user.pk:
            return False
        if company().needs_second_factor(request.user.roles) and not is_mfa_enabled(request.user):
            return True
        request.session[key] = request.user.pk
        return False
