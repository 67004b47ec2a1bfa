"""The roof: where every room's URLs meet."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import cache_page
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from inventory_project import health, home
from inventory_project.admin_site import operators
from inventory_project.metrics import metrics

admin.autodiscover()

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^health/?$", health.summary, name="health"),
    re_path(r"^health/live/?$", health.live, name="health-live"),
    re_path(r"^health/ready/?$", health.ready, name="health-ready"),
    re_path(r"^health/lag/?$", health.lag, name="health-lag"),
    re_path(r"^metrics/?$", metrics, name="metrics"),
    # Patterns are tried in order, and movements are by far the most frequent.
    path("api/", include("stock.api.urls")),
    path("api/", include("forecasting.api.urls")),
    path("api/", include("accounts.api.urls")),
    path("api/", include("audit.api.urls")),
    path("api/", include("stores.api.urls")),
    path("api/", include("catalog.api.urls")),
    path("api/", include("forecasting.api.restock_urls")),
    path("api/", include("webhooks.api.urls")),
    path("api/", include("live.api.urls")),
    path("api/", include("forecasting.api.alert_urls")),
    *([path("api/", include("inventory_project.demo.api"))] if settings.ENABLE_DEVELOPMENT_ENDPOINTS else []),
    # Drawing the schema takes most of a second and changes with the code only.
    re_path(r"^api/schema/?$", cache_page(3600)(SpectacularAPIView.as_view()), name="schema"),
    # The explorer's start script is a file of its own, so no page needs inline scripts. Without metadata an OPTIONS is
    # refused: the page's renderer has no template for DRF's own answer.
    re_path(r"^api/docs/?$", SpectacularSwaggerSplitView.as_view(metadata_class=None), name="docs"),
    path("admin/", admin.site.urls),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("operator/", operators.choose_view, name="operator-choose"),
    path("operator/login/", operators.login_view, name="operator-login"),
    path("operator/logout/", operators.logout_view, name="operator-logout"),
    # With a built dashboard its first page answers here, before any URL is looked at.
    path("", home.page, name="home"),
]

handler404 = "inventory_project.home.page_not_found"
handler500 = "inventory_project.api.exceptions.server_error"
