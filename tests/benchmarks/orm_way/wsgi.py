"""The application the web server runs."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.orm_way.settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
