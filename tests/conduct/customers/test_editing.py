"""Nobody writes over what another wrote meanwhile: a customer, a contact, and the company itself."""

from conduct.company import actions as company_actions
from conduct.company.models import Company
from conduct.customers import actions
from tests.factories import visits
from tests.forms import posted


def written_meanwhile(client, address, row, name, theirs, mine, save):
    """The page that comes back when `mine` is sent from a form that was opened before `theirs` was saved."""
    told = posted(client.get(address).context["form"]) | {name: mine}
    setattr(row, name, theirs)
    save(row)
    page = client.post(address, told)
    row.refresh_from_db()
    assert getattr(row, name) == theirs and theirs in page.content.decode() and mine in page.content.decode(), address
    assert client.post(address, posted(page.context["form"])).status_code == 302, address
    row.refresh_from_db()
    assert getattr(row, name) == mine
    return page.content.decode()


def test_who_comes_second_is_told_what_stands_there_now(client, house, chen, manager_sun, admin_zhou, at):
    client.force_login(chen)
    place = visits.site()
    owner, person = place.customer, place.contacts.first()

    def save(thing):
        actions.save(thing=thing, before=type(thing).objects.get(pk=thing.pk), by=manager_sun, at=at)

    def save_contact(contact):
        actions.save_contact(contact=contact, by=manager_sun, at=at)

    def save_company(company):
        company_actions.save_company(company=company, by=manager_sun, at=at)

    assert "孙立" in written_meanwhile(client, f"/customers/{owner.number}/edit/", owner, "name", "他改的名字", "我改的名字", save)
    assert "孙立" in written_meanwhile(client, f"/sites/{place.number}/contacts/{person.pk}/", person, "position", "校长", "主任", save_contact)
    client.force_login(admin_zhou)
    assert "孙立" in written_meanwhile(client, "/company/", Company.objects.get(), "hotline", "400-111-2222", "400-333-4444", save_company)
