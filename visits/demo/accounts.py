"""The people of the demo company. The README and bin/run name the same accounts."""

from conduct.people.access import Role

PASSWORD = "fieldservice-demo"

# user name, name, roles
STAFF = [
    ("chen", "陈静", [Role.DISPATCHER]),
    ("sun", "孙立", [Role.MANAGER]),
    ("qian", "钱锋", [Role.TECHNICAL_MANAGER]),
    ("wu", "吴桐", [Role.ONLINE_ENGINEER]),
    ("zhou", "周颖", [Role.ADMINISTRATOR]),
    ("li", "李琳", [Role.TRIAGER]),
    ("zheng", "郑凯", [Role.STOREKEEPER]),
    ("he", "何洁", [Role.REPORTER]),
]

# user name, name, home city, region, standing, fee a visit, skills, certificates
ENGINEERS = [
    ("wang", "王磊", "南京", "华东", "employee", None, ["network", "server"], ["华为认证网络工程师"]),
    ("zhao", "赵敏", "上海", "华东", "outstation", 680, ["network", "av"], ["弱电工程师证"]),
    ("liu", "刘洋", "杭州", "华东", "employee", None, ["server", "database"], ["数据库工程师认证"]),
    ("huang", "黄伟", "苏州", "华东", "outstation", 620, ["printer", "av"], []),
    ("xu", "徐丽", "南京", "华东", "employee", None, ["software", "training"], ["高级培训师证"]),
    ("zhu", "朱强", "合肥", "华中", "outstation", 560, ["network", "power"], ["低压电工作业证"]),
    ("ma", "马超", "武汉", "华中", "employee", None, ["server", "storage"], ["存储工程师认证"]),
    ("hu", "胡镕堃", "武汉", "华中", "outstation", 600, ["software", "network"], []),
]

SKILLS = {
    "network": "网络", "server": "服务器", "database": "数据库", "printer": "打印与输出", "av": "多媒体教学设备",
    "software": "应用软件", "training": "培训", "power": "供配电", "storage": "存储",
}  # fmt: skip
