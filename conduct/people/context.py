from .access import Permission


class May:
    """`{% if may.see_visits %}` in a template: the access table, asked for the person who looks."""

    def __init__(self, user):
        self.user = user

    def __getitem__(self, code):
        return self.user.is_authenticated and self.user.may(Permission(code))


def may(request):
    return {"may": May(request.user)} if hasattr(request, "user") else {}
