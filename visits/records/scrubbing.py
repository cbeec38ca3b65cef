"""Take the words out of plain data and leave what counts. Pure: dicts, lists and texts in, the same shape out."""

KEPT = frozenset(
    "entry number record_number version language kind state result step steps scope_item rule_code answer position time_zone minutes quantity "
    "arrived_at departed_at planned_start planned_end signed_at at due new_time confirmed_at allowed_at since until start end started_at ended_at".split()
)


def scrubbed(value, name=""):
    """`value` with every text emptied, but for codes, numbers of records and times, which stand under the names of KEPT."""
    if isinstance(value, dict):
        return {key: scrubbed(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [scrubbed(inner, name) for inner in value]
    return "" if isinstance(value, str) and name not in KEPT else value
