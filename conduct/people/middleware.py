import zoneinfo

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.utils import timezone, translation


class PersonalSettings:
    """Pages speak the person's language and show times in the person's zone.

    A language chosen on the page (the cookie of Django's set_language) counts before sign-in; afterwards the
    person's own setting does.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        request.LANGUAGE_CODE = user.language
        with translation.override(user.language), timezone.override(zoneinfo.ZoneInfo(user.time_zone)):
            response = self.get_response(request)
            if hasattr(response, "render") and callable(response.render) and not response.is_rendered:
                response.render()
        response.headers["Content-Language"] = user.language
        return response


class Sessions(SessionMiddleware):
    """Django's sessions, except that only a sign-out takes the cookie away.

    A session gets a new key when the engineer takes the laptop back from the customer. A page that calls at the same moment still
    shows the old key; Django would answer by deleting the cookie, which is the new one by then, and the engineer would be signed out.
    """

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and not cookie.value and not request.session.modified:
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response
