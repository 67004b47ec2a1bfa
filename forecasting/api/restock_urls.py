"""Paths of restocking, relative to /api/, with and without the trailing slash."""

from django.urls import re_path

from forecasting.api.overrides import OverrideTotalsViewSet, OverrideViewSet
from forecasting.api.restock_policies import RestockPolicyViewSet
from forecasting.api.restock_proposals import AcceptView, LineViewSet, ProposalViewSet, ProposeView
from forecasting.api.simulations import SimulateView
from inventory_project.api.routers import Router

router = Router()
router.register("restock/policies", RestockPolicyViewSet, basename="restock-policy")
router.register("restock/proposals", ProposalViewSet, basename="restock-proposal")
router.register("restock/overrides", OverrideViewSet, basename="restock-override")
router.register("restock/lines", LineViewSet, basename="restock-line")
urlpatterns = [
    re_path(r"^restock/propose/?$", ProposeView.as_view(), name="restock-propose"),
    re_path(r"^restock/accept/?$", AcceptView.as_view(), name="restock-accept"),
    re_path(r"^forecasting/simulate/?$", SimulateView.as_view(), name="forecasting-simulate"),
    re_path(
        r"^restock/overrides/totals/?$", OverrideTotalsViewSet.as_view({"get": "list"}), name="restock-override-totals"
    ),
    *router.urls,
]
