from .models import Place


def places_in_use():
    return Place.objects.filter(is_active=True).order_by("name")
