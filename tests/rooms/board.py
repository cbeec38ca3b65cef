PAGES = dict.fromkeys(("board", "changes", "check", "publish", "place", "move", "health", "hours"), {"chen"})
POST_ONLY = {"undo"}
LISTS = {"/board/?day=2026-11-23": ("chen", 20), "/board/publish/": ("chen", 5), "/board/hours/": ("chen", 4)}
