"""What lower rooms ask of the schedule: they know no visit, so it enters itself here."""

from conduct.attendance.engagements import register

from .engagements import visits_between

register("visits", visits_between)
