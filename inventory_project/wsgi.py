"""The WSGI door: the API and the admin site."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from inventory_project.runtime.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_project.settings")

if os.environ.get("ONHAND_SUPERVISED"):
    die_with_parent()  # a web process must not outlive a killed web server

application = get_wsgi_application()

# The program itself is some 200,000 objects that never become garbage. Looked through again and again they were a tenth
# of what a page costs, and a third of what a long answer does.
_ = get_resolver().url_patterns  # now, and not with the first request
gc.collect()
gc.freeze()
