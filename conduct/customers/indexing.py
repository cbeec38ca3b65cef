from .finding import words_of
from .models import SiteWord


def index_sites(sites):
    """Bring the words of these sites up to date; what stands there already stays."""
    for site in sites.select_related("customer").prefetch_related("contacts"):
        wanted = _words(site)
        have = dict(SiteWord.objects.filter(site=site).values_list("word", "pk"))
        SiteWord.objects.filter(pk__in=[have[word] for word in have.keys() - wanted]).delete()
        SiteWord.objects.bulk_create(SiteWord(site=site, word=word) for word in sorted(wanted - have.keys()))


def _words(site):
    customer, contacts = site.customer, [contact for contact in site.contacts.all() if contact.is_active]
    return words_of(
        names=[customer.name, customer.short_name, site.name, site.city, *(contact.name for contact in contacts)],
        telephones=[customer.telephone, site.supervisor_telephone, *(contact.telephone for contact in contacts)],
        numbers=[customer.number, site.number],
    )
