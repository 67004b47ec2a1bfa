"""restock/policies/, restock/proposals/, restock/lines/, restock/propose/, restock/accept/"""

from django.urls import re_path

from forecasting.api.restock_policies import RestockPolicyViewSet
from forecasting.api.restock_proposals import AcceptView, LineViewSet, ProposalViewSet, ProposeView
from inventory_project.api.routers import Router

router = Router()
router.register("restock/policies", RestockPolicyViewSet, basename="restock-policy")
router.register("restock/proposals", ProposalViewSet, basename="restock-proposal")
router.register("restock/lines", LineViewSet, basename="restock-line")
urlpatterns = [
    re_path(r"^restock/propose/?$", ProposeView.as_view(), name="restock-propose"),
    re_path(r"^restock/accept/?$", AcceptView.as_view(), name="restock-accept"),
    *router.urls,
]
