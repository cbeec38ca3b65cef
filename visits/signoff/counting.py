"""What a closed record adds to the month, and takes back when it is opened again."""

import datetime

from visits.records.queries import record_of
from visits.schedule.moving import contribute

PUNCTUAL = datetime.timedelta(minutes=10)


def measures_of(visit, record, sign_off):
    """{measure: value} of one closed record. On time is at most ten minutes after the planned start; a first-time fix
    is everything done on a visit that follows no other."""
    done = record.arrived_at is not None and record.departed_at is not None
    return {
        "closed": 1,
        "arrived": int(record.arrived_at is not None),
        "on_time": int(record.arrived_at is not None and record.arrived_at <= visit.planned_start + PUNCTUAL),
        "first_time_fix": int(record.all_done and visit.previous_id is None),
        "timed": int(done),
        "minutes": record.minutes_on_site or 0,
        "signed": int(not sign_off.is_refusal),
        "refused": int(sign_off.is_refusal),
    }


def closed(*, visit, sign_off):
    contribute(visit, "record", measures_of(visit, record_of(visit), sign_off))


def opened_again(*, visit):
    contribute(visit, "record", {})
