"""Logs: one JSON line an event, on standard error. They hold ids and routes; never names, bodies or secrets.

A route is the address's pattern ("visits/<str:number>/"), because an address can itself be a secret: a private link, a search.
"""

import logging
import time
import uuid

import structlog

log = logging.getLogger("fieldservice.request")

COMMON = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configuration(level):
    """Django's LOGGING: everything from `level` on goes through one JSON formatter."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": COMMON,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.__stderr__", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # "Not Found: /the/address" would tell private links
            **dict.fromkeys(["weasyprint", "fontTools", "pyhanko", "pyhanko_certvalidator"], {"level": "WARNING"}),
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }


class RequestLine:
    """One line a request: who (by id), which route, how it ended, how long it took. The id of the request is on every other line too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=uuid.uuid4().hex):
            response = self.get_response(request)
            if request.resolver_match and response.status_code != 304:
                log.info("request", extra=_facts(request, response, started))
        return response


def _facts(request, response, started):
    match = request.resolver_match
    person = getattr(request, "_cached_user", None)  # who was not asked for stays unasked
    return {
        "method": request.method,
        "route": match.route,
        "number": match.kwargs.get("number"),
        "status": response.status_code,
        "user_id": person.pk if person else None,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }
