PAGES = {"new": {"chen", "manager_sun", "techmgr_qian"}}
