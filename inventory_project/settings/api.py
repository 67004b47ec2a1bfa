"""DRF and OpenAPI."""

from inventory_project.settings.env import env

# generate-dummy-data and test-celery; `up --demo` turns them on.
ENABLE_DEVELOPMENT_ENDPOINTS = env.bool("ENABLE_DEVELOPMENT_ENDPOINTS", default=env.bool("DEBUG", default=False))

# What makes files of lists for services that know addresses only.
LIST_FILES = "inventory_project.api.inner"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "accounts.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["inventory_project.api.permissions.HasAccess"],
    "DEFAULT_THROTTLE_CLASSES": ["inventory_project.api.throttles.CallerThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["inventory_project.api.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["inventory_project.api.parsers.OrjsonParser"],
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "inventory_project.api.filters.NamedOrdering",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "inventory_project.api.negotiation.NamedFormat",
    "DEFAULT_PAGINATION_CLASS": "inventory_project.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "inventory_project.api.schema.OnhandSchema",
    "EXCEPTION_HANDLER": "inventory_project.api.exceptions.handle",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": False,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Onhand API",
    "DESCRIPTION": "Multi-tenant inventory for retail chains: stores, catalogue, the stock ledger and its log.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # The scoped manager refuses to answer while nobody is served, as when the schema is made.
    "DEFAULT_QUERY_MANAGER": "unscoped",
    "SCHEMA_PATH_PREFIX": "/api/",
    "ENUM_NAME_OVERRIDES": {
        "ForecastStateEnum": "forecasting.choices.State",
        "StoreKindEnum": "stores.models.Store.Kind",
        "TokenKindEnum": "accounts.models.ApiToken.Kind",
        "RetiredStatusEnum": ["retired"],
        "ProductVerdictEnum": ["created", "updated", "unchanged", "rejected"],
        "StockStatusEnum": "stock.choices.StockStatus",
        "TransferStatusEnum": "stock.models.transfer_orders.TransferStatus",
        "ReservationStatusEnum": "stock.models.reservations.ReservationStatus",
        "PurchaseStatusEnum": "stock.models.purchase_orders.PurchaseStatus",
        "PurchaseSourceEnum": "stock.models.purchase_orders.PurchaseSource",
        "SentByEnum": "stock.models.purchase_orders.SentBy",
        "PurchaseLetterStateEnum": "stock.models.purchase_orders.LetterState",
        "BucketEnum": "stock.choices.Bucket",
        "CountKindEnum": "stock.choices.CountKind",
        "CountStateEnum": "stock.choices.CountState",
        "AlertStatusEnum": "forecasting.models.alerts.AlertStatus",
        "AlertKindEnum": "forecasting.models.alerts.AlertKind",
        "AlertSeverityEnum": "forecasting.api.alert_serializers.SEVERITIES",
        "RestockLineStatusEnum": "forecasting.models.proposals.LineStatus",
        "RestockProposalStatusEnum": "forecasting.models.proposals.ProposalStatus",
        "RestockProposalTriggerEnum": "forecasting.models.proposals.ProposalTrigger",
        "RestockLineSourceEnum": "forecasting.models.proposals.LineSource",
        "RestockPolicyKindEnum": "forecasting.models.policies.PolicyKind",
        "WebhookStateEnum": "webhooks.choices.EndpointState",
        "WebhookDeliveryKindEnum": "webhooks.choices.DeliveryKind",
        "WebhookDeliveryStatusEnum": "webhooks.choices.DeliveryStatus",
        "MailingStateEnum": "stock.choices.MailingState",
        "ExportStatusEnum": "stock.choices.ExportStatus",
        "ImportStatusEnum": "stock.choices.ImportStatus",
        "ImportKindEnum": "stock.choices.ImportKind",
    },
}
