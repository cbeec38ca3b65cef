"""A reply as a letter: the same words in the mail and on the page that is attached to it or faxed."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from conduct.base.printing import print_apart


def body_of(reply, company):
    """The words of the mail. Whoever wrote it is the company, with its hotline: nobody's own name or number."""
    with translation.override(reply.language):
        greeting = [_("%(name)s:") % {"name": reply.addressee}, ""] if reply.addressee else []
        closing = _("Questions about this are answered at %(hotline)s. Please name %(number)s.")
        closing %= {"hotline": company.hotline, "number": reply.number}
    return "\n".join([*greeting, reply.text, "", closing, "", company.name_in(reply.language), ""])


def pdf_of(reply, company, day):
    """PDF bytes of the letter, dated `day`. Raises apart.Failed."""
    with translation.override(reply.language):
        context = {"reply": reply, "company": company, "name": company.name_in(reply.language), "day": day}
        html = render_to_string("paper/letter.html", context)
    return print_apart(html, "css/letter.css")
