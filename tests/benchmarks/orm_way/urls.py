"""One endpoint, as a tutorial would write it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.benchmarks.orm_way.models import AuditEntry, Movement, Stock


class MovementSerializer(serializers.ModelSerializer):  # type: ignore[type-arg]
    class Meta:
        model = Movement
        fields = [field.name for field in Movement._meta.fields]


class SubmissionSerializer(serializers.Serializer):  # type: ignore[type-arg]
    store = serializers.IntegerField()
    product = serializers.IntegerField()
    movement_type = serializers.ChoiceField(choices=["IN", "OUT"])
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3, min_value=Decimal("0.001"))
    reason = serializers.CharField(required=False, default="", allow_blank=True)


class MovementView(APIView):
    def post(self, request: Any) -> Response:
        form = SubmissionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        with transaction.atomic():
            balances = Stock.objects.select_for_update()
            stock = balances.get(organization_id=1, store_id=data["store"], product_id=data["product"])
            delta = data["quantity"] if data["movement_type"] == "IN" else -data["quantity"]
            before = stock.on_hand
            if before + delta < 0:
                raise serializers.ValidationError({"quantity": "Not enough stock."})
            stock.on_hand = before + delta
            stock.status = "out" if not stock.on_hand else "low" if stock.on_hand <= stock.reorder_level else "in_stock"
            stock.save()
            movement = Movement.objects.create(
                id=uuid.uuid4(),
                organization_id=1,
                store_id=stock.store_id,
                product_id=stock.product_id,
                kind="receipt" if delta > 0 else "sale",
                status="applied",
                quantity=delta,
                balance_after=stock.on_hand,
                business_date=stock.updated_at.date(),
                actor_id=request.user.pk,
                reason=data["reason"],
            )
            AuditEntry.objects.create(
                organization_id=1,
                actor_id=request.user.pk,
                actor_label=request.user.username,
                action="stock.movement.applied",
                object_id=str(movement.id),
                store_id=stock.store_id,
                product_id=stock.product_id,
                before={"on_hand": str(before)},
                after={"on_hand": str(stock.on_hand)},
                detail={"kind": movement.kind, "quantity": str(delta), "reason": movement.reason},
            )
        return Response(MovementSerializer(movement).data, status=201)


urlpatterns = [path("movements/", MovementView.as_view())]
