"""logs/, logs.csv, logs/verification/"""

from django.urls import re_path

from audit.api.views import LogDownloadViewSet, LogViewSet, VerificationView

urlpatterns = [
    re_path(r"^logs/?$", LogViewSet.as_view({"get": "list"}), name="log-list"),
    re_path(r"^logs\.csv$", LogDownloadViewSet.as_view({"get": "list"}), name="log-download"),
    re_path(r"^logs/verification/?$", VerificationView.as_view(), name="log-verification"),
    re_path(r"^logs/(?P<sequence>[0-9]{1,18})/?$", LogViewSet.as_view({"get": "retrieve"}), name="log-detail"),
]
