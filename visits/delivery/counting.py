"""What a paper's way to headquarters adds to the month. Pure."""


def measures_of(signed_at, received_at):
    """{measure: value} from the signature and headquarters' first receipt, both aware; whole minutes, never below 0."""
    return {"delivered": 1, "delivery_minutes": max(int((received_at - signed_at).total_seconds() // 60), 0)}
