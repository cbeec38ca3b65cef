from django.shortcuts import render

KEY = "sign_mode"
ALWAYS = ("/static/", "/sw.js", "/app.webmanifest", "/shell/", "/company/logo/")


def allowed(number, path):
    """What the laptop may show while the customer holds it: this visit's page, its statement, its queue and its receipts."""
    own = (
        f"/visits/{number}/sign/",
        f"/visits/{number}/sign/leave/",
        f"/api/v1/visits/{number}/statement/",
        f"/api/v1/visits/{number}/sign-off/",
        f"/api/v1/visits/{number}/packages/",
        f"/api/v1/visits/{number}/entries/",
        "/api/v1/sync/contact/",
        "/api/v1/sync/receipts/",
        # What the engineer hands out beside the record: the customer's word on a postponement.
        "/signing/record/",
        "/api/v1/signing/statement/",
        "/api/v1/signing/sign-off/",
    )
    return path in own or path.startswith((*ALWAYS, f"/api/v1/visits/{number}/blobs/"))


class SignMode:
    """While a customer signs, the session is good for nothing else until the engineer signs in again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        number = request.session.get(KEY) if request.user.is_authenticated else None
        if number and not allowed(number, request.path):
            return render(request, "visits/signoff/locked.html", {"number": number}, status=403)
        return self.get_response(request)
