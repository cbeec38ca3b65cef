from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .doorbell import take_missed
from .errors import DomainError


class MissedBells:
    """Says on the next page that what was just saved is safe but waits, when no worker could be told."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        take_missed()
        response = self.get_response(request)
        if take_missed():
            messages.warning(request, _("Saved. Sending waits because the delivery service does not answer; nothing is lost."))
        return response


class ZeroBytes:
    """PostgreSQL breaks off at a text with a zero byte: there is no such address, and what somebody searches for is read without."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "")
            request.__dict__.pop("GET", None)  # in case that somebody read it before
        return self.get_response(request)


class DomainErrors:
    """A refusal of the domain that no form took becomes a message on the page the person came from, or 409 for scripts."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if not isinstance(error, DomainError):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"message": str(error.message), "field": error.field}, status=409)
        messages.error(request, error.message)
        back = request.META.get("HTTP_REFERER", "")
        ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if ours else "/")
