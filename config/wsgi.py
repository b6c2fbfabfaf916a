"""The WSGI application: kept answers in front of Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django_application = get_wsgi_application()

from config.kept_answers import in_front_of  # noqa: E402  # Its imports need Django to be set up.

application = in_front_of(django_application)
