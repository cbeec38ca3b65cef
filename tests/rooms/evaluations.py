PAGES = {"issue": {"chen"}}
ANYBODY = {"enter", "form"}
