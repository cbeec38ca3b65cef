ANYBODY = {"service_worker", "manifest", "offline"}
