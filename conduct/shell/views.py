import json

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .precache import WORKER, manifest


@never_cache
def service_worker(request):
    """The hand-written worker with its list in front. A view, because a worker's place is its scope."""
    if settings.DEBUG:
        manifest.cache_clear()
    source = f"const SHELL = {json.dumps(manifest())};\n{WORKER.read_text(encoding='utf-8')}"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


def app_manifest(request):
    """What makes the pages installable as an application."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    facts = {
        "id": "/", "name": _("Field service"), "short_name": _("Field service"), "lang": translation.get_language(),
        "start_url": "/", "scope": "/", "display": "standalone", "background_color": "#f6f8fa", "theme_color": "#10353d",
        "icons": icons,
    }  # fmt: skip
    return JsonResponse(facts, content_type="application/manifest+json")


def render_shell(request, language, template, context):
    """A page without a person and without data, in `language`: what the service worker keeps."""
    request.user = AnonymousUser()
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return render(request, template, context() | {"shell": True})


def offline(request, language):
    """What stands in for any page that a laptop does not hold."""
    return render_shell(request, language, "conduct/shell/offline.html", dict)
