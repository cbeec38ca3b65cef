from django.http import Http404
from django.shortcuts import get_object_or_404


def require(user, permission, obj=None):
    """Let the request go on, or answer 404: who may not see a thing does not learn that it exists."""
    if not (user.is_authenticated and user.may(permission, obj)):
        raise Http404


def get_or_404(queryset, **lookup):
    """The one door to an object: `queryset` already holds only what this person may know of."""
    return get_object_or_404(queryset, **lookup)
