import structlog
from celery import shared_task
from celery.signals import worker_init
from django.conf import settings
from django.utils import timezone

from conduct.base.printing import Forbidden
from conduct.company.queries import company

from . import actions
from .models import Paper
from .queries import due_papers, without_time_stamp
from .seal import sealer
from .time_stamps import Service, roots_in
from .worker import get_ready, render_apart

# Each may take five seconds; a round stays well below its time limit.
A_ROUND = 15

log = structlog.get_logger(__name__)


@worker_init.connect
def warm(**kwargs):
    """Before the pool forks, so that all its processes share what is warm. Without it papers are late, not lost."""
    try:
        get_ready()
    except (Exception, Forbidden):
        log.exception("papers.cold")


@shared_task(name="papers.make", soft_time_limit=100, time_limit=110)
def make(paper_id):
    """Make one paper. Ringing twice does no harm: the row decides."""
    paper = Paper.objects.select_related("sign_off__visit", "sign_off__stamp", "sign_off__by").filter(pk=paper_id).first()
    if paper:
        at = timezone.now()
        seal = sealer(settings.KEYS_DIR, company=company().name, at=at)
        actions.make(paper=paper, render=render_apart, sealer=seal, at=at, time=_service())


@shared_task(name="papers.sweep")
def sweep():
    """Ring for every paper that nobody carries."""
    for paper_id in due_papers(timezone.now()).order_by("asked_at").values_list("pk", flat=True)[:100]:
        make.delay(paper_id)


@shared_task(name="papers.stamp", soft_time_limit=100, time_limit=110)
def stamp():
    """Time stamps for papers that were sealed while the service was away. The first failure ends the round: it is still away."""
    service = _service()
    for paper in without_time_stamp().select_related("sign_off__visit")[:A_ROUND] if service else ():
        if not actions.stamp_later(paper=paper, time=service, at=timezone.now()):
            return


def _service():
    """The time-stamp service of the settings, None when there is none."""
    if not settings.TSA_URL:
        return None
    roots = roots_in(settings.TSA_ROOTS) if settings.TSA_ROOTS else ()
    return Service(settings.TSA_URL, settings.TSA_USER, settings.TSA_PASSWORD, roots)
