"""The demo's articles: what engineers solved once, some of it in a second version, one draft for each reviewer."""

import datetime

from conduct.knowledge import actions
from conduct.knowledge.models import WRITTEN

DAY = datetime.timedelta(days=1)
# author, days ago, title, symptom, cause, solution, model, keywords
ARTICLES = [
    ("wang", 120, "核心交换机业务高峰丢包", "上午业务高峰时段网络变慢、丢包，电源告警灯亮", "电源模块老化，输出电压不稳", "更换电源模块，升级固件后观察一小时", "S7706", "掉线 网络慢 卡顿"),
    ("huang", 96, "打印机反复卡纸", "每打几张就卡纸，出纸口有异响", "搓纸轮磨损", "更换搓纸轮并清洁传感器，打印三十页测试", "M608", "卡纸 不进纸"),
    ("zhu", 74, "UPS 频繁切换到电池", "市电正常但 UPS 反复切换到电池供电并报警", "市电电压超出 UPS 允许范围", "放宽输入电压窗口，请物业检查配电；电池放电测试", "RT3000", "不间断电源 报警 电池"),
    ("liu", 58, "数据库备份任务夜间失败", "备份任务半夜失败，日志提示空间不足", "归档日志未清理，磁盘写满", "清理过期归档，设置保留天数，重新执行备份并做恢复测试", "", "备份 磁盘满 归档"),
    ("ma", 45, "存储硬盘亮黄灯", "存储阵列一块硬盘亮黄灯，阵列降级", "硬盘坏块过多被剔除", "确认热备盘已重建，在线更换故障盘，等待同步完成再离开", "V5030", "硬盘 降级 重建"),
    ("xu", 33, "教学软件安装后无法启动", "统一安装后部分电脑打开教学软件闪退", "显卡驱动版本过旧", "升级显卡驱动后重新部署，用标准镜像验证", "", "闪退 打不开"),
    ("zhao", 21, "投影仪画面偏色", "投影画面发黄或缺少一种颜色", "视频线接触不良或色轮老化", "先换线测试，仍偏色则更换色轮", "EB-2250U", "投影 颜色不对"),
]  # fmt: skip
WAITING = (
    "wang",
    1,
    "无线接入点间歇掉线",
    "走廊无线接入点每天掉线几次，重启后恢复",
    "交换机端口供电不足",
    "更换为支持大功率供电的端口，核对供电预算",
    "AP7060",
    "无线 掉线",
)


def make_articles(*, staff, at):
    """`at` is the last afternoon."""
    for place, row in enumerate(ARTICLES):
        version = _written(row, staff, at)
        actions.review(version=version, good=True, seen=0, by=staff["qian" if place % 2 else "wu"], at=version.written_at + DAY)
    _improved(version.article, staff, at - 3 * DAY)
    _written(WAITING, staff, at)


def _written(row, staff, at):
    author, ago, *words = row
    version = actions.draft(written=dict(zip(WRITTEN, words, strict=True)), by=staff[author], at=at - ago * DAY)
    actions.ask(version=version, by=staff[author], at=at - ago * DAY)
    return version


def _improved(article, staff, at):
    """The last article has a second version, with what the first one left out."""
    article.refresh_from_db()
    words = {name: getattr(article.current, name) for name in WRITTEN}
    words["solution"] += "；更换后在菜单中重置灯泡与色轮计时"
    version = actions.begin_anew(article=article, written=words, by=staff["zhao"], at=at)
    actions.ask(version=version, by=staff["zhao"], at=at)
    actions.review(version=version, good=True, seen=0, by=staff["wu"], at=at + DAY)
