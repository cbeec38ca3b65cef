"""The sentences of the notices. A code that is missing here cannot be told: `tell` refuses it.

Placeholders name facts that the caller hands over; `%(about)s` is the number of the thing it is about.
"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "edition.published": _("Edition %(about)s of the code of conduct is published. Please read what is new to you."),
    "purchase.to_order": _("%(about)s is approved and can be ordered."),
    "purchase.ordered": _("%(about)s is ordered, expected on %(day)s."),
    "purchase.received": _("%(about)s: everything has arrived."),
    "stocktaking.moved": _("While “%(place)s” is counted (%(about)s), %(who)s moved things there: %(slip)s."),
    "stocktaking.differences": _("%(about)s: %(count)d differences at “%(place)s” wait to be explained and booked."),
    "loan.due": _("Due back on %(day)s: %(spare)s, lent to %(borrower)s."),
    "loan.late": _("Late since %(day)s: %(spare)s, lent to %(borrower)s."),
    "round.due": _("Maintenance round %(about)s is due on %(day)s: %(name)s."),
    "round.late": _("Maintenance round %(about)s is late since %(day)s: %(name)s."),
    "ticket.reported": _("%(about)s: %(equipment)s was reported broken."),
    "ticket.assigned": _("%(about)s is yours: %(equipment)s."),
    "ticket.taken": _("%(technician)s works on %(about)s, which you reported."),
    "ticket.given_back": _("%(about)s was given back: %(reason)s"),
    "ticket.sorted_again": _("%(about)s was sorted anew: %(quadrant)s."),
    "ticket.help_asked": _("Help is asked for %(about)s: %(question)s"),
    "ticket.help_answered": _("Your question about %(about)s was answered: %(answer)s"),
    "ticket.fed_back": _("%(about)s, which you reported: %(feedback)s"),
    "ticket.reopened": _("%(about)s was reopened: %(reason)s"),
    "ticket.went_on": _("The replacement for %(about)s has come (%(reference)s)."),
    "ticket.goes_without": _("There will be no replacement for %(about)s (%(reference)s)."),
    "ticket.pause_late": _("The clock of %(about)s should have run on since %(day)s (%(reason)s)."),
    "ticket.answer_soon": _("%(about)s is to be taken up soon: %(equipment)s."),
    "ticket.answer_due": _("%(about)s was not taken up in time: %(equipment)s."),
    "ticket.answer_late": _("Nobody took %(about)s up, long after its deadline: %(equipment)s."),
    "ticket.finish_soon": _("%(about)s is to be finished soon: %(equipment)s."),
    "ticket.finish_due": _("%(about)s was not finished in time: %(equipment)s."),
    "ticket.finish_late": _("%(about)s is not finished, long after its deadline: %(equipment)s."),
    "approval.asked": _("%(who)s asks for your approval: %(subject)s"),
    "approval.approved": _("%(who)s approved: %(subject)s"),
    "approval.refused": _("%(who)s did not approve: %(subject)s"),
    "paper.failed": _("The service report %(about)s could not be made: %(problem)s"),
    "visit.asked": _("You are asked for visit %(about)s: %(customer)s, %(time)s."),
    "visit.asked_again": _("Visit %(about)s has another time; please answer again: %(customer)s, %(time)s."),
    "visit.withdrawn": _("Visit %(about)s is no longer yours: %(customer)s."),
    "visit.cancelled": _("Visit %(about)s is cancelled: %(customer)s, %(time)s."),
    "visit.agreed": _("Headquarters agrees to your time for visit %(about)s: %(customer)s, %(time)s."),
    "visit.accepted": _("%(engineer)s accepts visit %(about)s: %(customer)s, %(time)s."),
    "visit.declined": _("%(engineer)s declines visit %(about)s: %(customer)s, %(time)s."),
    "visit.countered": _("%(engineer)s asks for another time for visit %(about)s: %(customer)s."),
    "sync.overdue": _("%(count)d items of %(who)s (%(laptop)s) were announced a day ago and have not arrived: %(visits)s."),
    "sync.overdue_own": _("%(count)d items on your laptop %(laptop)s have not arrived at headquarters for a day: %(visits)s."),
    "sync.lost": _("%(count)d items of %(who)s are not on the laptop %(laptop)s any more and never arrived: %(visits)s."),
    "sync.lost_own": _("%(count)d items are not on your laptop %(laptop)s any more and never arrived: %(visits)s."),
    "sync.vanished": _("The laptop %(laptop)s of %(who)s has not called since %(day)s."),
    "sync.marked": _("A signature for visit %(about)s arrived, and something does not fit: %(customer)s."),
    "sync.unreadable": _("Something signed for visit %(about)s arrived that cannot be read: %(customer)s."),
    "pack.missing": _("%(whose)s: the monthly pack of %(month)s has not arrived."),
    "pack.open_matters": _("Records of %(month)s that still wait for you: %(count)d. The monthly pack is due on %(day)s."),
    "pack.open_times": _("Days of %(month)s on which a time of your clock is missing: %(days)s. The monthly pack is due on %(day)s."),
    "leave.clashes": _("%(who)s is on leave (%(about)s) and booked in that time: %(things)s"),
    "waiver.claimed": _("%(about)s (%(customer)s): an item is not delivered, agreed with %(who)s. Please confirm in writing."),
    "waiver.confirmed": _("%(about)s (%(customer)s): the technical manager confirms that an item is not delivered."),
    "waiver.contested": _("%(about)s (%(customer)s): the technical manager does not confirm; the item has to be delivered."),
    "remote.handed_over": _("%(who)s hands %(about)s over to remote support: %(customer)s."),
    "remote.taken": _("%(who)s takes care of %(about)s: %(customer)s."),
    "remote.closed": _("%(about)s is closed (%(customer)s): %(result)s"),
    "remote.reopened": _("%(about)s goes on (%(customer)s): %(reason)s"),
    "question.answered": _("Headquarters answered your question about %(about)s."),
}


def sentence(code, about, facts):
    """The notice in the active language."""
    return str(SENTENCES[code]) % {**facts, "about": about}
