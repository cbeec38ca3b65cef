"""What a company starts with: hours that a school's technicians can keep. Changed on the policy's page, as a new version."""

from .states import Quadrant

HOUR = 60
DAY = 8 * HOUR

# quadrant: (working minutes to take it up, working minutes to finish it)
DEFAULTS = {
    Quadrant.IMPORTANT_URGENT: (HOUR // 2, 4 * HOUR),
    Quadrant.IMPORTANT: (4 * HOUR, 3 * DAY),
    Quadrant.URGENT: (HOUR, DAY),
    Quadrant.NEITHER: (DAY, 5 * DAY),
}
