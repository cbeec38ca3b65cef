"""The training sheets of the demo: what was taught, who came and signed, with what result."""

import datetime

CONTENT = "教务系统管理员操作：用户与权限、排课、成绩录入与审核、备份与恢复；上机练习与答疑。"
# name, unit, result, score, remark
PEOPLE = [
    ("周建国", "教务处", "passed", 92, ""),
    ("林晓梅", "教务处", "passed", 86, ""),
    ("何志远", "网络中心", "passed", 78, "备份恢复一节需再练习"),
    ("方静怡", "学籍科", "failed", 54, "约定下周补考"),
]
WIDTH = 300


def packed(strokes):
    """A signature as the record page packs it, see static/js/signoff/strokes.js."""
    scale = WIDTH / strokes["width"]
    parts = []
    for stroke in strokes["strokes"]:
        points = [(round(x * scale), round(y * scale)) for x, y, _time, _pressure in stroke]
        steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in zip(points, points[1:], strict=False)]
        parts.append(" ".join([f"M{points[0][0]} {points[0][1]}", *steps]))
    return " ".join([f"{WIDTH} {round(strokes['height'] * scale)}", *parts])


def sheet(since, until, iso, strokes_of):
    """[(kind, payload, moment, assessed), …]: the training, then each attendee with the assessment that follows."""
    yield "training", {"content": CONTENT, "started_at": iso(since), "ended_at": iso(until)}, until, None
    for place, (name, unit, result, score, remark) in enumerate(PEOPLE, 1):
        signed = {"name": name, "unit": unit, "signature": packed(strokes_of(name))}
        yield "attendee", signed, until + place * datetime.timedelta(seconds=40), {"result": result, "score": score, "remark": remark}
