from .models import ScopeChange, SiteQuestion


def blank_questions(*, visit):
    SiteQuestion.objects.filter(visit=visit).update(text="")
    SiteQuestion.objects.filter(visit=visit).exclude(answer="").update(answer="–")
    ScopeChange.objects.filter(visit=visit).update(text="")
    ScopeChange.objects.filter(visit=visit).exclude(called="").update(called="–", reason="")
