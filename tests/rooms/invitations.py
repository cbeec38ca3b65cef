PAGES = {"links": {"wang", "chen"}}
POST_ONLY = {"revoke"}
ANYBODY = {"enter", "record", "statement", "sign_off"}
