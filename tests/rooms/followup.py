PAGES = {"list": {"chen"}, "call": {"chen", "manager_sun", "techmgr_qian"}}
POST_ONLY = {"attempt", "archive"}
LISTS = {"/follow-ups/": ("chen", 4), "/follow-ups/?show=archive": ("chen", 4)}
