from .models import Yardstick


def in_force(at):
    """The edition that holds at a moment; before the first one, edition 0 with the product's own figures."""
    return Yardstick.objects.filter(at__lte=at).order_by("-number").first() or Yardstick(number=0)


def lookup():
    """`in_force` as a function that has read every edition, for who asks of many moments."""
    rows = list(editions())
    return lambda at: next((row for row in rows if row.at <= at), None) or Yardstick(number=0)


def editions():
    """Every edition, newest first."""
    return Yardstick.objects.select_related("by").order_by("-number")
