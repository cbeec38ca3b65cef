"""How another program shows who it is, what it may, and how often: for the API's views."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.throttling import SimpleRateThrottle

from .queries import system_of


class Token(BaseAuthentication):
    """`Authorization: Bearer <token>`. The request's user is the person whom the system acts for, its auth the system."""

    def authenticate(self, request):
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        system = system_of(token.strip())
        if system is None:
            raise AuthenticationFailed("unknown or revoked token")
        return system.acts_for, system

    def authenticate_header(self, request):
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = Token
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class InScope(BasePermission):
    """The view's `scope` for reading, `write_scope` for anything else, is among those of the token."""

    def has_permission(self, request, view):
        scope = view.scope if request.method in ("GET", "HEAD", "OPTIONS") else view.write_scope
        return bool(request.auth) and scope in request.auth.scopes


class PerSystem(SimpleRateThrottle):
    """As many requests a minute as the system's row says; 429 with Retry-After beyond that."""

    scope = "system"
    rate = "1/min"

    def allow_request(self, request, view):
        if not request.auth:
            return True
        self.rate, self.num_requests, self.duration = "", request.auth.per_minute, 60
        return super().allow_request(request, view)

    def get_cache_key(self, request, view):
        return f"system-{request.auth.pk}"
