PAGES = {"queue": {"wang", "zhao"}, "ready": {"wang"}}
ANYBODY = {"queue_shell", "ready_shell"}
