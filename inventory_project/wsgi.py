"""The WSGI door: the API and the admin site."""

import os

from django.core.wsgi import get_wsgi_application

from inventory_project.runtime.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_project.settings")

if os.environ.get("ONHAND_SUPERVISED"):
    die_with_parent()  # a web process must not outlive a killed web server

application = get_wsgi_application()
