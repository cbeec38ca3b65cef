import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
application = get_wsgi_application()

# With --preload the workers share what is loaded by now; the collector would touch, and so copy, all of it.
gc.collect()
gc.freeze()
