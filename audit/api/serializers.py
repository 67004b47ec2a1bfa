"""What the log looks like outside, and what may be asked of it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audit import selectors
from audit.models import AuditEntry
from audit.selectors.feed import cursor_of


def identifier(help_text: str = "") -> serializers.IntegerField:
    """A filter by id."""
    return serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, help_text=help_text)


class ActorSerializer(serializers.Serializer[Any]):
    """Who did it; the id is null for the system itself."""

    id = serializers.IntegerField(source="actor_id", allow_null=True)
    label = serializers.CharField(source="actor_label")


class EntrySerializer(serializers.ModelSerializer[AuditEntry]):
    """One change or one security event."""

    actor = ActorSerializer(source="*")
    before = serializers.SerializerMethodField(help_text="The fields that changed, as they were.")
    after = serializers.SerializerMethodField(help_text="The same fields, as they became.")
    detail = serializers.SerializerMethodField(help_text="What else belongs to the event.")

    class Meta:
        model = AuditEntry
        fields = [
            "sequence", "occurred_at", "actor", "action", "object_type", "object_id", "object_label",
            "store_id", "product_id", "before", "after", "detail", "request_id", "chain", "block",
        ]  # fmt: skip

    def _shown(self, facts: Any) -> Any:
        return facts if self.context["access"].sees_costs else selectors.without_costs(facts)

    @extend_schema_field({"type": "object", "nullable": True, "additionalProperties": True})
    def get_before(self, entry: AuditEntry) -> Any:
        return self._shown(entry.before)

    @extend_schema_field({"type": "object", "nullable": True, "additionalProperties": True})
    def get_after(self, entry: AuditEntry) -> Any:
        return self._shown(entry.after)

    @extend_schema_field({"type": "object", "nullable": True, "additionalProperties": True})
    def get_detail(self, entry: AuditEntry) -> Any:
        return self._shown(entry.detail)


class ChangeSerializer(EntrySerializer):
    """One change in the feed, with the cursor that goes on after it."""

    cursor = serializers.SerializerMethodField()

    class Meta(EntrySerializer.Meta):
        fields = ["cursor", *EntrySerializer.Meta.fields]

    def get_cursor(self, entry: AuditEntry) -> str:
        return str(cursor_of(entry))


class ChangesSerializer(serializers.Serializer[Any]):
    """One page of the feed."""

    results = ChangeSerializer(many=True)
    next = serializers.CharField(help_text="Hand this back as `since`; it moves on even when nothing happened.")
    has_more = serializers.BooleanField(help_text="More is waiting already: ask again at once.")


class VerificationSerializer(serializers.Serializer[Any]):
    """What came of recomputing the log's chains."""

    is_whole = serializers.BooleanField(help_text="Nothing was altered, removed or inserted.")
    entries = serializers.IntegerField(source="verdict.entries", help_text="So many were read.")
    blocks = serializers.IntegerField(source="verdict.blocks")
    seconds = serializers.FloatField(source="verdict.seconds")
    since = serializers.DateTimeField(
        allow_null=True, help_text="The signed checkpoint that vouches for what came before; null: all was read."
    )
    problems = serializers.SerializerMethodField(help_text="What is wrong, the first 20.")

    def get_problems(self, checked: Any) -> list[str]:
        return list(checked.problems[:20])


class MomentField(serializers.DateTimeField):
    """An ISO 8601 instant, or a date for its first moment, in UTC unless it says otherwise."""

    def to_internal_value(self, value: Any) -> Any:
        text = str(value)
        if len(text) == len("2026-01-31"):
            text += "T00:00:00"
        # In a query string an unescaped "+02:00" arrives as " 02:00".
        moment = super().to_internal_value(text.replace(" ", "+") if "T" in text else text)
        try:
            # PostgreSQL refuses offsets that Python takes; in UTC there is none left to refuse.
            return moment.astimezone(UTC)
        except OverflowError:
            self.fail("invalid", format="ISO 8601")

    def enforce_timezone(self, value: Any) -> Any:
        return value if timezone.is_aware(value) else value.replace(tzinfo=timezone.get_default_timezone())


class LogFilterSerializer(serializers.Serializer[Any]):
    """The log's filters."""

    action = serializers.CharField(
        required=False, max_length=100, help_text="An action (`catalog.product.updated`) or a prefix (`stock.`)."
    )
    object_type = serializers.CharField(required=False, max_length=100)
    object_id = serializers.CharField(required=False, max_length=100)
    user = identifier("The id of the person who did it.")
    store = identifier()
    product = identifier()
    since = MomentField(required=False, help_text="From this instant on.")
    until = MomentField(required=False, help_text="Before this instant.")
    request_id = serializers.CharField(required=False, max_length=64)


class ChangesFilterSerializer(serializers.Serializer[Any]):
    """The feed's filters."""

    since = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=64,
        help_text="A cursor from `next` or from an event, an ISO 8601 timestamp, or `now`; empty begins with the "
        "oldest. A cursor never repeats or misses an event; a timestamp may repeat those of the two minutes before it.",
    )
    store = serializers.CharField(required=False, max_length=2000, help_text="Store ids, separated by commas.")
    types = serializers.CharField(
        required=False, max_length=1000, help_text="Actions or prefixes ending in a dot, separated by commas."
    )
    kinds = serializers.CharField(
        required=False, max_length=400, help_text="Kinds of movement such as `sale`, separated by commas."
    )

    def validate_store(self, text: str) -> list[int]:
        ids = [part.strip() for part in text.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in ids):
            raise serializers.ValidationError("Store ids, separated by commas.")
        return [int(part) for part in ids]

    def validate_types(self, text: str) -> list[str]:
        return [part.strip() for part in text.split(",") if part.strip()][:50]

    def validate_kinds(self, text: str) -> list[str]:
        return self.validate_types(text)


class ChangesQuestionSerializer(ChangesFilterSerializer):
    """The filters, a page's length, and how long an answer may be waited for."""

    limit = serializers.IntegerField(required=False, default=100, min_value=1, max_value=1000)
    wait = serializers.IntegerField(
        required=False,
        default=0,
        min_value=0,
        max_value=30,
        help_text="Seconds to wait at most for something new when there is nothing. The server may answer sooner.",
    )
