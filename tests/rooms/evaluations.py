PAGES = {}
POST_ONLY = {"issue"}
ANYBODY = {"enter", "form"}
