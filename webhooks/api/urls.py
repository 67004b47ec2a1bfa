"""webhooks/, webhooks/event-types/, webhook-deliveries/"""

from django.urls import re_path

from inventory_project.api.routers import Router
from webhooks.api.viewsets import DeliveryViewSet, EventTypesView, WebhookViewSet

router = Router()
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("webhook-deliveries", DeliveryViewSet, basename="webhook-delivery")
urlpatterns = [
    re_path(r"^webhooks/event-types/?$", EventTypesView.as_view(), name="webhook-event-types"),
    *router.urls,
]
