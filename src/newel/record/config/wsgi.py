"""What the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from newel.record.config import worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newel.record.config.settings")
application = get_wsgi_application()
worker.begin()
