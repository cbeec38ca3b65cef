"""What the demo's customers ask for again and again."""

from conduct.people.models import Skill
from visits.intake import actions as intake
from visits.intake.models import OrderTemplate

TEMPLATES = [
    ("季度巡检", "季度例行巡检", "检查电源与风扇\n清洁滤网\n核对固件版本\n备份配置", ["machine_room"], 180, ["network"], []),
    ("无线网络优化", "无线网络覆盖不足或掉线", "实测信号强度\n调整信道与功率\n复测并记录", [], 240, ["network"], []),
    ("不间断电源更换电池", "不间断电源电池到期", "更换电池组\n放电测试\n旧电池交客户签收", ["machine_room", "hazardous"], 150, ["power"], ["power"]),
    ("新系统上线培训", "新系统上线前培训", "操作培训\n答疑\n留下培训资料", ["training"], 180, ["training"], []),
]  # fmt: skip


def make_templates(by, at):
    skills = {skill.code: skill for skill in Skill.objects.all()}
    for name, fault, scope, traits, minutes, needed, certified in TEMPLATES:
        template = OrderTemplate(name=name, reported_fault=fault, scope=scope, traits=traits, duration_minutes=minutes)
        needs = {"skills": [skills[code] for code in needed], "certified": [skills[code] for code in certified]}
        intake.save_template(template=template, by=by, at=at, **needs)
