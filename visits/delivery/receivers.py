from django.dispatch import receiver

from conduct.base.signals import delivery_settled, paper_sealed
from conduct.outbox.channels.registry import fax_channels, mail_channels
from conduct.trail import actions as trail
from visits.papers.models import Paper

from . import actions


@receiver(paper_sealed, sender=Paper)
def send(sender, paper, at, **kwargs):
    actions.send_paper(paper=paper, mail_channels=mail_channels(), fax_channels=fax_channels(), at=at)


@receiver(delivery_settled, sender=actions.ORIGIN)
def settled(sender, delivery, at, **kwargs):
    """What a receipt means for the visit: a line on its trail; the call list reads the deliveries themselves."""
    visit = actions.visit_of(delivery)
    actions.count_first_receipt(visit=visit)
    facts = {"delivery": delivery.number, "recipient": delivery.recipient_kind, "state": delivery.state}
    trail.note(verb="visit.delivery_settled", subject=visit, by=None, at=at, **facts)
