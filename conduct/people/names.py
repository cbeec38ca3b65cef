"""How people are called. Pure."""

# Surnames of two characters; every other Chinese name begins with a surname of one.
DOUBLE = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 长孙 宇文 夏侯 轩辕 端木 百里 南宫 西门 东郭 呼延 申屠 公冶 钟离 闻人 澹台 淳于 单于 太史 赫连 独孤 拓跋".split()
)


def surname(name):
    """The surname of a Chinese name, "" for any other: of that one nobody can tell which word it is."""
    if len(name) < 2 or not all("\u4e00" <= letter <= "\u9fff" for letter in name):
        return ""
    return name[:2] if len(name) > 2 and name[:2] in DOUBLE else name[:1]
