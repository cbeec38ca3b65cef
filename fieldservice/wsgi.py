import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
application = get_wsgi_application()

VIEWS = get_resolver().url_patterns  # loads every view now, once for all workers
# With --preload the workers share what is loaded by now; the collector would touch, and so copy, all of it.
gc.collect()
gc.freeze()
