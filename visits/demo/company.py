"""The demo's headquarters, staff, customers and equipment."""

import datetime

from conduct.company.actions import save_company
from conduct.company.models import Company
from conduct.customers import actions as customers
from conduct.customers.models import Contact, Customer, Equipment, Site
from conduct.people import actions as people
from conduct.people.access import Role
from conduct.people.models import Department, Engineer, Skill, Staff

from . import texts
from .accounts import ENGINEERS, PASSWORD, SKILLS, STAFF


def make_company(at, public_address):
    save_company(company=Company(public_address=public_address, **texts.COMPANY), by=None, at=at)
    departments = {name: Department.objects.create(name=name) for name in ("客户服务部", "技术部", "行政部")}
    skills = {code: Skill.objects.create(code=code, name=name) for code, name in SKILLS.items()}
    staff = {}
    # The administrator comes first: somebody has to be one from the first row on.
    for username, name, roles in sorted(STAFF, key=lambda row: Role.ADMINISTRATOR not in row[2]):
        staff[username] = _person(username, name, roles, departments["客户服务部"], at)
    for number, row in enumerate(ENGINEERS):
        staff[row[0]] = _engineer(number, row, departments["技术部"], staff["qian"], skills, at)
    Staff.objects.filter(engineer__isnull=False).update(executive=staff["sun"])
    for department, head in (("客户服务部", "sun"), ("技术部", "qian"), ("行政部", "zhou")):
        departments[department].head = staff[head]
        departments[department].save()
    return staff


def _person(username, name, roles, department, at, line_manager=None):
    person = Staff(
        username=username, name=name, email=f"{username}@yuanjing.example", department=department, line_manager=line_manager
    )
    return people.save_staff(staff=person, roles=roles, password=PASSWORD, by=None, at=at)


def _engineer(number, row, department, line_manager, skills, at):
    username, name, city, region, standing, fee, codes, certificates = row
    person = _person(username, name, [Role.ENGINEER], department, at, line_manager)
    engineer = Engineer.objects.get(staff=person)
    engineer.home_city, engineer.region, engineer.standing, engineer.agreed_fee = city, region, standing, fee
    people.save_engineer(engineer=engineer, skills=[skills[code] for code in codes], by=None, at=at)
    for certificate in certificates:
        valid = at.date() + datetime.timedelta(days=200 + 60 * number)
        people.add_certificate(engineer=engineer, name=certificate, skill=skills[codes[0]], valid_until=valid, by=None, at=at)
    return person


def make_customers(rng, by, at):
    """25 customers, 40 sites, 120 pieces of equipment. Returns the sites."""
    sites = []
    for place, (name, city) in enumerate(texts.CUSTOMERS):
        customer = Customer(name=name, city=city, telephone=_telephone(rng), email=f"it{place + 1}@customer.example")
        customers.save(thing=customer, by=by, at=at)
        for kind in texts.SITES[: 2 if place < 15 else 1]:
            sites.append(_site(rng, customer, kind, by, at))
    for place in range(120):
        _equipment(rng, sites[place % len(sites)], place, by, at)
    return sites


def _site(rng, customer, kind, by, at):
    site = Site(
        customer=customer,
        name=kind,
        city=customer.city,
        address=f"{customer.city}市{rng.choice(texts.STREETS)}{rng.randint(1, 400)}号",
        access_hours=rng.choice(["工作日 8:00-18:00", "全天，需提前登记", "工作日 8:30-17:30"]),
        supervisor_name=_name(rng),
        supervisor_telephone=_telephone(rng),
    )
    customers.save(thing=site, by=by, at=at)
    for _place in range(rng.randint(1, 2)):
        contact = Contact(site=site, name=_name(rng), position=rng.choice(texts.POSITIONS), telephone=_telephone(rng))
        customers.save_contact(contact=contact, by=by, at=at)
    return site


def _equipment(rng, site, place, by, at):
    category, name, model = texts.EQUIPMENT[place % len(texts.EQUIPMENT)]
    installed = at.date() - datetime.timedelta(days=rng.randint(100, 1800))
    item = Equipment(
        site=site, name=name, category=category, model=model, serial=f"21{rng.randint(10**8, 10**9 - 1)}",
        installed_on=installed, warranty_until=installed + datetime.timedelta(days=1095),
    )  # fmt: skip
    customers.save(thing=item, by=by, at=at)


def _name(rng):
    return rng.choice(texts.SURNAMES) + rng.choice(texts.GIVEN)


def _telephone(rng):
    return f"{rng.choice(['025', '021', '0571', '0512', '0551', '027'])}-8{rng.randint(10**6, 10**7 - 1)}"
