"""The list of visits, made for a million of them: plain rows, one range, no count."""

from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.days import span
from conduct.people.models import Engineer

from .states import VisitState

COLUMNS = (
    "id", "number", "record_number", "state", "planned_start", "planned_end",
    "plan_version", "readiness__state", "readiness__at", "readiness__missing", "readiness__plan_version",
    "order__customer__name", "order__site__name", "order__site__city", "order__site__time_zone", "engineer__staff__name",
)  # fmt: skip


def filtered(visits, query):
    """`visits` narrowed by the list's filters: state, engineer, customer, from, to, and a number."""
    if query.get("state") in VisitState.values:
        visits = visits.filter(state=query["state"])
    if engineer := query.get("engineer"):
        visits = visits.filter(engineer__number=engineer)
    if customer := query.get("customer"):
        visits = visits.filter(order__customer__number=customer)
    if number := query.get("q", "").strip().upper():
        field = "record_number" if number.startswith("VR") else "number"
        visits = visits.filter(**{field: number})
    return visits


def rows_of(visits):
    """Dicts for the template, with the state's word looked up once a page and not once a row."""
    return visits.values(*COLUMNS)


def with_words(rows):
    """Each row's state and times in words; where the site has another time than the reader, that as well."""
    words, here = {code: str(label) for code, label in VisitState.choices}, timezone.get_current_timezone_name()
    for row in rows:
        there, plan = row["order__site__time_zone"], (row["planned_start"], row["planned_end"])
        row["state_label"], row["times"] = words[row["state"]], span(*plan, here)
        row["site_times"] = "" if there == here else _("at the site: %(times)s") % {"times": span(*plan, there)}
    return rows


def engineer_choices():
    return list(Engineer.objects.order_by("staff__name").values_list("number", "staff__name"))
