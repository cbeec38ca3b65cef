from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed names for everything, ES modules that import each other included."""

    support_js_module_import_aggregation = True
