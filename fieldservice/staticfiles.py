from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed names for everything, ES modules that import each other included."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 20  # one a level of imports, and a module's name depends on those below it
