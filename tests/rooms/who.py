"""The people of the access story, and groups of them that many pages share."""

PEOPLE = ["chen", "wang", "zhao", "manager_sun", "techmgr_qian", "admin_zhou", "online_wu", "stranger"]
HQ = {"chen", "manager_sun", "techmgr_qian", "online_wu"}
SEES = HQ | {"wang"}  # wang is the engineer of the visit, zhao is not
EVERYBODY = set(PEOPLE)
STAFF = EVERYBODY - {"stranger"}
ADMIN = {"admin_zhou"}
