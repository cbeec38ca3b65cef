from conduct.people.access import Permission, sees_all

from .models import Customer, Equipment, Site


def customers_for(user):
    return _scoped(user, Customer, "orders__visits__engineer__staff")


def sites_for(user):
    return _scoped(user, Site, "orders__visits__engineer__staff").select_related("customer")


def equipment_for(user):
    return _scoped(user, Equipment, "orders__visits__engineer__staff").select_related("site__customer")


def _scoped(user, model, way_to_staff):
    """All rows, or those of the person's own visits; the way there is the reverse relation of the rooms above."""
    if sees_all(user, Permission.SEE_CUSTOMERS):
        return model.objects.all()
    if user.may(Permission.SEE_CUSTOMERS):
        return model.objects.filter(pk__in=model.objects.filter(**{way_to_staff: user}).values("pk"))
    return model.objects.none()


def search(rows, text):
    """Rows whose number is `text`, or whose name begins with or holds it. Two queries, each on an index of its own."""
    text = text.strip()
    if not text:
        return rows
    by_number = rows.filter(number__iexact=text)
    return by_number if by_number.exists() else rows.filter(name__icontains=text)
