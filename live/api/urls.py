"""stream/, changes/"""

from django.urls import re_path

from live.api.views import ChangesView, StreamView

urlpatterns = [
    re_path(r"^stream/?$", StreamView.as_view(), name="stream"),
    re_path(r"^changes/?$", ChangesView.as_view(), name="changes"),
]
