from .models import SiteQuestion


def blank_questions(*, visit):
    SiteQuestion.objects.filter(visit=visit).update(text="")
    SiteQuestion.objects.filter(visit=visit).exclude(answer="").update(answer="–")
