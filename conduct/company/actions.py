from django.db import transaction

from conduct.base.unseen import refuse_unseen
from conduct.files.actions import store_photo
from conduct.people import actions as people
from conduct.people.access import Role
from conduct.people.models import Staff
from conduct.trail import actions as trail
from conduct.trail.queries import trail_of

from .models import Company


@transaction.atomic
def save_company(*, company, logo=None, seen="", by, at):
    """Change the company's data; `logo` is a new picture or None to keep the present one.

    A changed consent wording is a new edition, so that each signature names the words it was given under. `seen` is what the form
    showed: raises Unseen when somebody else changed it since.
    """
    refuse_unseen(company, seen, lambda held: trail_of(held).filter(verb="company.changed"))
    before = Company.objects.filter(pk=1).first()
    if before and (before.consent_zh, before.consent_en) != (company.consent_zh, company.consent_en):
        company.consent_edition = before.consent_edition + 1
    if logo:
        company.logo = store_photo(upload=logo, by=by, at=at, kind="photo")
    company.pk = 1
    company.save(force_update=bool(before), force_insert=not before)
    trail.note(verb="company.changed", subject=company, by=by, at=at, consent_edition=company.consent_edition)
    return company


@transaction.atomic
def set_up(*, company, administrator, password, at):
    """An empty company and the first person who can sign in. Both come unsaved."""
    save_company(company=company, by=None, at=at)
    roles = {Role.ADMINISTRATOR}
    return people.save_staff(staff=Staff(**administrator), roles=roles, password=password, by=None, at=at)
