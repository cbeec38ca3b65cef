PAGES = {"edit": {"manager_sun", "techmgr_qian"}}
