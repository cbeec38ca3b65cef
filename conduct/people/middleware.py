import zoneinfo

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
