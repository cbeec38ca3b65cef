"""A spreadsheet's rows beside what we know: each row as an order that can be raised, or with its bad cells named."""

from collections import defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from conduct.base.tables import letter
from conduct.company.queries import company
from conduct.customers.models import Contact, Equipment, Site
from conduct.people.models import Skill
from conduct.privacy.queries import colleagues_contacts
from conduct.privacy.words import refusal
from visits.intake.queries import alike_to, open_orders_of
from visits.orders.forms import TRAITS
from visits.orders.models import WorkOrder
from visits.orders.states import Priority, Symptom

from .columns import Wrong, key_of, lines, minutes, moment, one_of, read_headings, several
from .models import ImportedRow

LATER = ("reference", "certified", "change_from", "change_to")  # columns that came later: an empty one leaves the key of a row as it was


@dataclass
class Row:
    """`number` counts as the spreadsheet does. `problems` are [(cell such as "D5", why), …]; `facts` what an order needs;
    `known` the order that the same row became before, or that has the same number of the customer's; `likely` open orders of the site
    that are likely the same matter."""

    number: int
    text: dict
    site: Site | None = None
    facts: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    key: str = ""
    known: object = None
    likely: list = field(default_factory=list)

    @property
    def state(self):
        return "known" if self.known else "bad" if self.problems else "likely" if self.likely else "good"


@dataclass
class Checked:
    rows: list
    strange: list  # headings that nobody reads
    missing: list  # headings without which nothing can be imported

    def of(self, state):
        return [row for row in self.rows if row.state == state]


def check(table):
    """The rows of `table`, a list of lists of texts whose first row is the heading. As many queries for one row as for all."""
    places, strange, missing = read_headings(table[0] if table else [])
    rows = [
        Row(number, {code: cells[place] if place < len(cells) else "" for code, place in places.items()})
        for number, cells in enumerate(table[1:], 2)
        if any(cells)
    ]
    if missing:
        return Checked([], strange, missing)
    world = World(rows)
    for row in rows:
        _read(row, places, world)
    _mark_twice(rows, places)
    imported = ImportedRow.objects.filter(key__in=[row.key for row in rows if row.key]).select_related("order")
    orders, told = {kept.key: kept.order for kept in imported}, _told_before(rows)
    for row in rows:
        row.known = orders.get(row.key) or told.get((row.site and row.site.customer_id, row.facts["reference"]))
    _mark_likely([row for row in rows if row.state == "good"])
    return Checked(rows, strange, missing)


def _told_before(rows):
    """{(customer's id, its own number): order} of orders that were not imported: somebody called, or a program raised them."""
    numbers = {row.facts["reference"] for row in rows} - {"", None}
    orders = WorkOrder.objects.filter(reference__in=numbers, customer__in={row.site.customer_id for row in rows if row.site})
    return {(order.customer_id, order.reference): order for order in orders.order_by("-id")}


class World:
    """What cells may name, read once for all rows."""

    def __init__(self, rows):
        numbers = {row.text.get("site", "").upper() for row in rows}
        customers = {row.text.get("customer", "") for row in rows}
        sites = Site.objects.select_related("customer")
        self.by_number = {site.number: site for site in sites.filter(number__in=numbers - {""})}
        self.by_customer = defaultdict(list)
        for site in sites.filter(customer__name__in=customers - {""}).order_by("number"):
            self.by_customer[site.customer.name].append(site)
        ids = {site.pk for site in [*self.by_number.values(), *(site for group in self.by_customer.values() for site in group)]}
        self.contacts, self.equipment = defaultdict(dict), {}
        for contact in Contact.objects.filter(site__in=ids, is_active=True):
            self.contacts[contact.site_id].setdefault(contact.name, contact)
        wanted = {number.upper() for row in rows for number in several(row.text.get("equipment", ""))}
        for item in Equipment.objects.filter(number__in=wanted, is_active=True):
            self.equipment[item.number] = item
        self.skills = {skill: (skill.name, skill.code) for skill in Skill.objects.all()}
        self.words = {"symptom": _in_both(Symptom.choices), "priority": _in_both(Priority.choices), "traits": _in_both(TRAITS)}


def _in_both(choices):
    """{code: its names}, the active language's first."""
    found = {code: [str(label)] for code, label in choices}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, label in choices:
                found[code].append(str(label))
    return found


def _read(row, places, world):
    """Fill `row.facts`, cell by cell; every cell that is wrong is named."""
    cells = _cells(row, world)
    for code, read in cells.items():
        try:
            row.facts[code] = read(row.text.get(code, ""))
        except Wrong as wrong:
            row.problems.append((_cell(row, places, code), str(wrong)))
            row.facts[code] = None
    _check_windows(row, places)
    row.site = row.facts["site"]
    reference, customer = row.facts["reference"], row.site and row.site.customer_id
    if reference and customer or not row.problems:
        row.key = key_of(reference, customer, {code: _said(value) for code, value in row.facts.items() if value or code not in LATER})


def _check_windows(row, places):
    """The wanted window may be open at one end, the change window may not."""
    ends = {name: row.facts[name] for name in ("wanted_from", "wanted_to", "change_from", "change_to")}
    for start, end in (("wanted_from", "wanted_to"), ("change_from", "change_to")):
        if ends[start] and ends[end] and ends[end] <= ends[start]:
            row.problems.append((_cell(row, places, end), _("ends before it begins")))
    if bool(row.text.get("change_from")) != bool(row.text.get("change_to")):
        there = "change_from" if row.text.get("change_from") else "change_to"
        row.problems.append((_cell(row, places, there), _("the other end of the change window is missing")))


def _said(value):
    """A fact as plain data."""
    return [_said(part) for part in value] if isinstance(value, list) else getattr(value, "pk", value)


def _cells(row, world):
    """{code: how its cell is read}; the site first, because the others depend on it."""
    site = None

    def of_site(_text):
        nonlocal site
        site = _site(row, world)
        return site

    def zone():
        return ZoneInfo(site.time_zone if site else company().time_zone)

    return {
        "site": of_site,
        "contact": lambda text: _contact(text, site, world),
        "reference": lambda text: _free(text, 60),
        "equipment": lambda text: [_equipment(number, site, world) for number in several(text)],
        "reported_fault": lambda text: _free(text, 4000),
        "symptom": lambda text: one_of(text, world.words["symptom"]),
        "scope": lambda text: lines(_free(text, 9000)),
        "traits": lambda text: [one_of(part, world.words["traits"]) for part in several(text)],
        "wanted_from": lambda text: moment(text, zone()),
        "wanted_to": lambda text: moment(text, zone(), last=True),
        "priority": lambda text: one_of(text, world.words["priority"], Priority.NORMAL.value),
        "duration_minutes": minutes,
        "skills": lambda text: [one_of(part, world.skills) for part in several(text)],
        "certified": lambda text: [one_of(part, world.skills) for part in several(text)],
        "change_from": lambda text: moment(text, zone()),
        "change_to": lambda text: moment(text, zone(), last=True),
    }


def _site(row, world):
    number, customer, name = (row.text.get(code, "") for code in ("site", "customer", "site_name"))
    if number:
        site = world.by_number.get(number.upper())
        if site is None:
            raise Wrong(_("there is no site %(number)s") % {"number": number[:20]})
        if customer and customer != site.customer.name:
            raise Wrong(_("site %(number)s belongs to %(customer)s") % {"number": number, "customer": site.customer.name})
        return site
    if not customer:
        raise Wrong(_("name the site's number or the customer"))
    sites = world.by_customer.get(customer, [])
    if not sites:
        raise Wrong(_("there is no customer “%(name)s”") % {"name": customer[:60]})
    fitting = [site for site in sites if site.name == name] if name else sites
    if len(fitting) != 1:
        known = ", ".join(f"{site.number} {site.name}" for site in sites[:6])
        raise Wrong(_("which site of this customer: %(known)s?") % {"known": known})
    return fitting[0]


def _contact(text, site, world):
    if not text or site is None:
        return None
    if text not in world.contacts[site.pk]:
        raise Wrong(_("this site has no contact “%(name)s”") % {"name": text[:60]})
    return world.contacts[site.pk][text]


def _equipment(number, site, world):
    item = world.equipment.get(number.upper())
    if item is None or (site and item.site_id != site.pk):
        raise Wrong(_("this site has no equipment %(number)s") % {"number": number[:20]})
    return item


def _free(text, longest):
    if len(text) > longest:
        raise Wrong(_("longer than %(count)d characters") % {"count": longest})
    if found := colleagues_contacts(text):
        raise Wrong(refusal(text, found, company().hotline))
    return text


def _cell(row, places, code):
    """Where a cell stands: "D5". The site's is the first of those that name it."""
    names = ("site", "customer", "site_name") if code == "site" else (code,)
    there = [name for name in names if name in places]
    named = [name for name in there if row.text[name]]
    return f"{letter(places[(named or there)[0]])}{row.number}"


def _mark_likely(rows):
    waiting = open_orders_of({row.site.pk for row in rows})
    for row in rows:
        told = {"fault": row.facts["reported_fault"], **{name: row.facts[name] for name in ("symptom", "equipment", "scope")}}
        row.likely = alike_to(waiting[row.site.pk], **told)


def _mark_twice(rows, places):
    """The same row twice in one file is a mistake, and so is a reference that two rows share."""
    seen = {}
    for row in rows:
        if row.key and row.key in seen:
            code = "reference" if row.text.get("reference") else "scope"
            row.problems.append((_cell(row, places, code), _("the same as row %(number)d") % {"number": seen[row.key]}))
        elif row.key:
            seen[row.key] = row.number
