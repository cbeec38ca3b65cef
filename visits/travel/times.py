"""Travel times as a table in the hand. Pure: no database, no clock."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Travel:
    """Minutes by (origin, destination). Where only the way back is known, it counts for both."""

    table: dict = field(default_factory=dict)

    def minutes(self, origin, destination):
        """Minutes from city to city; 0 within one, None when nobody knows."""
        if not origin or not destination:
            return None
        if origin == destination:
            return 0
        known = self.table.get((origin, destination))
        return self.table.get((destination, origin)) if known is None else known
