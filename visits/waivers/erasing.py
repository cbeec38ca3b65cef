from .models import Waiver


def blank_waivers(*, visit):
    """That something could not be done, and who confirmed it, stays; in what words goes."""
    Waiver.objects.filter(visit=visit).exclude(decision="").update(decision="–")
