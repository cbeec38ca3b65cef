"""Measures for Prometheus: requests by route and status from every web process, and what waits, asked at the moment.

Labels are names of routes, states and queues: no names of people, no numbers of visits, no addresses.
"""

import ipaddress
import secrets

from amqp.exceptions import ChannelError
from celery import current_app
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from conduct.outbox.queries import oldest_due, unsettled_by_state
from conduct.trail.queries import oldest_unsealed
from visits.escalations.queries import unanswered_count
from visits.papers.queries import unmade_count

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED")


@require_safe
def metrics(request):
    """404 unless it is switched on, and for everybody who is neither at an allowed address nor holds the token."""
    if not settings.PROMETHEUS_MULTIPROC_DIR or not (_has_token(request) or _is_near(request)):
        return HttpResponseNotFound()
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=settings.PROMETHEUS_MULTIPROC_DIR)
    registry.register(Waiting(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _has_token(request):
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())


def _is_near(request):
    """The address counts only where no proxy stands between: behind one everybody seems to come from it."""
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(network, strict=False) for network in settings.METRICS_ADDRESSES)


class Waiting:
    """What waits at the moment `at`, in seconds and rows."""

    def __init__(self, at):
        self.at = at

    def collect(self):
        yield self._age(
            "fieldservice_oldest_due_delivery_seconds", "Since when the oldest due delivery waits", oldest_due(self.at)
        )
        yield self._age(
            "fieldservice_oldest_unsealed_event_seconds", "Since when the trail waits to be sealed", oldest_unsealed()
        )
        yield self._rows("fieldservice_deliveries", "Deliveries that are not settled", "state", unsettled_by_state())
        yield self._rows("fieldservice_papers", "Service reports that are not sealed yet", "state", {"asked": unmade_count()})
        yield self._rows("fieldservice_site_questions", "Questions from sites", "state", {"unanswered": unanswered_count()})
        bells = _bells()
        yield GaugeMetricFamily("fieldservice_broker_up", "Whether the broker answers", value=bells is not None)
        yield self._rows("fieldservice_bells", "Tasks in the broker that no worker took yet", "queue", bells or {})

    def _age(self, name, words, since):
        return GaugeMetricFamily(name, words, value=(self.at - since).total_seconds() if since else 0)

    def _rows(self, name, words, label, counts):
        family = GaugeMetricFamily(name, words, labels=[label])
        for key, count in counts.items():
            family.add_metric([key], count)
        return family


def _bells():
    """{queue: length}, or None when the broker does not answer within its time-outs."""
    queue = current_app.conf.task_default_queue
    with current_app.connection_for_read() as connection:
        try:
            connection.connect()  # one try only
            return {queue: connection.default_channel.queue_declare(queue, passive=True).message_count}
        except ChannelError:  # Redis knows no empty list
            return {queue: 0}
        except (OSError, OperationalError, *connection.connection_errors):
            return None
