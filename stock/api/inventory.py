"""Balances over HTTP: what is where, and the plain doors to change it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api import versions
from inventory_project.api.files import File
from inventory_project.api.filters import NamedOrdering
from inventory_project.api.idempotency import IDEMPOTENCY_KEY, idempotency_key
from inventory_project.api.views import OrganizationView, OrganizationViewSet
from inventory_project.kernel.access import Role
from inventory_project.kernel.errors import NotFound
from stock.api.filters import StockFilter
from stock.api.movements import receipt_response
from stock.api.past import AS_OF, KNOWN_AT, ORDERS_OF_THE_PAST, PastStockRowSerializer, question_of
from stock.api.serializers import (
    InventoryTransferSerializer,
    InventoryUpdateSerializer,
    LevelsSerializer,
    MovementSerializer,
    StockRowSerializer,
)
from stock.choices import Kind
from stock.models import Stock
from stock.selectors import balances as selectors
from stock.selectors import past, positions, transfer_orders
from stock.selectors.past import Question
from stock.services import balances, corrections, movements, transfers


class BalanceList(OrganizationViewSet):
    """A keyset list of balances."""

    scope_area = "stock"
    queryset = Stock.unscoped.none()
    filterset_class = StockFilter
    ordering = ("store_id", "product_id")
    ordering_fields = ["store_id", "product_id", "on_hand", "available", "sku", "product_name", "updated_at", "id"]

    def rows(self) -> Any:
        return selectors.visible_to(self.access)

    def finish(self, page: list[dict[str, Any]]) -> None:
        """What rows hold beside their own columns; a fixed number of queries."""
        transfer_orders.add_in_transit(page)
        positions.add_on_order(page)
        self.show(page)

    def show(self, page: list[dict[str, Any]]) -> None:
        """Rows as the API shows them: `store` is the store's name."""
        for row in page:
            row["store"] = row.pop("store_name")

    def as_rows(self, found: Any) -> Any:
        return selectors.as_rows(found)

    def plain_rows(self) -> Any:
        # Filters first: they see the model, not the plain rows.
        ordering = [f for f in self.filter_backends if f.__name__ != "DjangoFilterBackend"]
        filtered = self.rows()
        for backend in self.filter_backends:
            if backend not in ordering:
                filtered = backend().filter_queryset(self.request, filtered, self)
        plain = self.as_rows(filtered)
        for backend in ordering:
            plain = backend().filter_queryset(self.request, plain, self)
        return plain

    def list(self, request: Request) -> Any:
        page = self.paginate_queryset(self.plain_rows()) or []
        self.finish(page)
        return self.get_paginated_response(page)


class PresentBalances(BalanceList):
    """Balances as they are now, a page with one statement: the list says which ones, a statement of ours the rest."""

    def list(self, request: Request) -> Any:
        page = self.paginate_queryset(self.chosen()) or []
        self.show(page)
        return self.get_paginated_response(page)

    def chosen(self) -> Any:
        """The balances asked for, in the order asked for: which ones, and nothing of what a page says of them."""
        asked = self.request.query_params.get(NamedOrdering.ordering_param, "")
        orders = {name: order for name, order in selectors.ORDERS.items() if name in asked}
        return self.filter_queryset(self.rows().alias(**orders))

    def read_page(self, chosen: Any) -> list[dict[str, Any]]:
        """One statement for the whole page."""
        return selectors.page_of(chosen)


@extend_schema_view(list=extend_schema(summary="Inventory by store and product"))
class InventoryViewSet(PresentBalances):
    """What is where."""

    serializer_class = StockRowSerializer
    files = {"list": File("inventory")}


@extend_schema_view(
    list=extend_schema(
        summary="Stock rows with category, supplier and levels; or stock as of a past instant",
        parameters=[AS_OF, KNOWN_AT],
        responses=PolymorphicProxySerializer(
            component_name="StockRowNowOrPast",
            serializers=[StockRowSerializer, PastStockRowSerializer],
            resource_type_field_name=None,
            many=True,
        ),
    )
)
class StockViewSet(PresentBalances):
    """Balances with what a manager asks about them; a store's own levels can be set here."""

    serializer_class = StockRowSerializer
    files = {"list": File("stocks")}
    query_parameters = ("as_of", "known_at")
    question: Question | None = None

    def file_row(self) -> Any:
        of_the_past = {"as_of", "known_at"} & self.request.query_params.keys()
        return PastStockRowSerializer() if of_the_past else super().file_row()

    def list(self, request: Request) -> Any:
        self.question = question_of(request, self.access)
        if self.question is not None:
            self.serializer_class = PastStockRowSerializer
            self.ordering_fields = ORDERS_OF_THE_PAST
        return super().list(request) if self.question is None else BalanceList.list(self, request)

    def read_page(self, chosen: Any) -> list[dict[str, Any]]:
        return super().read_page(chosen) if self.question is None else list(chosen)

    def as_rows(self, found: Any) -> Any:
        return super().as_rows(found) if self.question is None else past.as_rows(found)

    def finish(self, page: list[dict[str, Any]]) -> None:
        if self.question is None:
            super().finish(page)
            return
        past.add_on_hand(page, self.question)
        self.show(page)

    @extend_schema(summary="Read one stock row", parameters=[versions.ETAG], responses=StockRowSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._answer(pk)

    @extend_schema(
        summary="Set or clear this store's own reorder level and order-up-to level",
        parameters=[versions.IF_MATCH, versions.ETAG],
        request=LevelsSerializer,
        responses=StockRowSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        self._find(pk)
        form = LevelsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        levels = dict(form.validated_data)
        expected = versions.expected(request, levels.pop("version", None))
        balances.set_levels(stock_id=int(pk), levels=levels, acting_as=self.actor, expected=expected)
        return self._answer(pk)

    def _answer(self, pk: str) -> Response:
        row = self._find(pk)
        return Response(row, headers={"ETag": versions.etag(row["version"])})

    def _find(self, pk: str) -> dict[str, Any]:
        row = selectors.as_rows(self.rows().filter(id=pk)).first()
        if row is None:
            raise NotFound()
        self.finish([row])
        found: dict[str, Any] = row
        return found


class LedgerDoor(OrganizationView):
    """A view whose one service call opens its own transaction."""

    scope_area = "stock"
    write_role = Role.STAFF
    opens_own_scope = True


class InventoryUpdateView(LedgerDoor):
    """Change one balance by a signed amount."""

    @extend_schema(
        summary="Adjust stock by a signed amount, with a reason",
        description="With `expected` it is a compare-and-swap: booked only while that is on hand.",
        parameters=[IDEMPOTENCY_KEY],
        request=InventoryUpdateSerializer,
        responses={200: MovementSerializer, 201: MovementSerializer, 202: MovementSerializer},
    )
    def post(self, request: Request) -> Response:
        data = _object(request.data, InventoryUpdateSerializer)
        said: dict[str, Any] = {
            "raw": {
                "store": data.get("store_id"),
                "product": data.get("product_id"),
                "movement_type": Kind.ADJUSTMENT,
                "quantity": data.get("delta"),
                "reason": data.get("reason"),
            },
            "names": {"store": "store_id", "product": "product_id", "quantity": "delta"},
            "key": idempotency_key(request),
            "access": self.access,
            "acting_as": self.actor,
            "source": "inventory",
        }
        expected = _expected(data.get("expected"))
        if expected is None:
            receipt = movements.submit(**said, wait=True)
        else:
            receipt = corrections.correct(**said, expected=expected)
        assert receipt.id is not None
        return receipt_response(receipt.id, self, replayed=receipt.replayed)


class InventoryTransferView(LedgerDoor):
    """Move units between two stores in one step, both legs or none."""

    @extend_schema(
        summary="Transfer stock between stores",
        parameters=[IDEMPOTENCY_KEY],
        request=InventoryTransferSerializer,
        responses={200: MovementSerializer, 201: MovementSerializer, 202: MovementSerializer},
    )
    def post(self, request: Request) -> Response:
        data = _object(request.data, InventoryTransferSerializer)
        receipt = transfers.move(
            from_store=data.get("from_store"),
            to_store=data.get("to_store"),
            product=data.get("product_id"),
            quantity=data.get("quantity"),
            reason=data.get("reason"),
            key=idempotency_key(request),
            access=self.access,
            acting_as=self.actor,
        )
        assert receipt.id is not None
        return receipt_response(receipt.id, self, replayed=receipt.replayed)


def _object(data: Any, shape: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValidationError({"non_field_errors": ["An object is needed."]})
    known = shape().fields.keys()
    if unknown := data.keys() - known:
        hint = f"This field is not known here. Known: {', '.join(known)}."
        raise ValidationError({str(name)[:64]: [hint] for name in sorted(unknown)})
    return data


def _expected(value: Any) -> Decimal | None:
    """What the caller takes to be on hand. Raises ValidationError."""
    if value is None:
        return None
    try:
        return Decimal(InventoryUpdateSerializer().fields["expected"].run_validation(value))
    except ValidationError as error:
        raise ValidationError({"expected": error.detail}) from None


STORE = OpenApiParameter("store", str, description="Store id or code; all you may see when left out.")
