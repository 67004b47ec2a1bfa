"""The shapes of imports."""

from __future__ import annotations

from typing import Any

import orjson
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from inventory_project.api.fields import KnownFieldsOnly, TextField
from stock.choices import ImportKind, ImportOutcome, ImportStatus
from stock.services.imports.formats import ARRANGEMENTS
from stock.services.imports.reading import DELIMITERS


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class MappingField(serializers.Field):  # type: ignore[type-arg]
    """Our column -> the file's ('' for none), as a JSON object; in a multipart form as the text of one."""

    default_error_messages = {"invalid": 'A JSON object is needed, like {{"price": "Verkaufspreis"}}.'}

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if isinstance(data, str):
            try:
                data = orjson.loads(data)
            except orjson.JSONDecodeError:
                self.fail("invalid")
        if not isinstance(data, dict) or not all(isinstance(name, str) for name in data.values()):
            self.fail("invalid")
        return dict(data)

    def to_representation(self, value: Any) -> Any:
        return value


class ImportInputSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    """A file and what is to be known of it; whatever is left out is found in the file."""

    file = serializers.FileField(allow_empty_file=True, max_length=500)
    kind = serializers.ChoiceField(choices=ImportKind.choices, required=False)
    store = TextField(required=False, max_length=40, help_text="Code or id of the store of rows that name none.")
    mapping = MappingField(required=False)
    apply = serializers.BooleanField(default=False, help_text="Go on without waiting for a look at the preview.")
    encoding = TextField(required=False, max_length=40)
    delimiter = serializers.ChoiceField(choices=DELIMITERS, required=False)
    decimal = serializers.ChoiceField(choices=[".", ","], required=False)
    date_format = serializers.ChoiceField(choices=ARRANGEMENTS, required=False)
    keep_repeats = serializers.BooleanField(default=False, help_text="Count rows of the file that are the same.")
    keeps_stock = serializers.BooleanField(
        default=False, help_text="Today's stock reflects these sales already: book them without lowering it."
    )


class ImportChangeSerializer(KnownFieldsOnly, serializers.Serializer):  # type: ignore[type-arg]
    """Other words about a file that is not in yet. What is left out stays; an empty one is found in the file."""

    kind = serializers.ChoiceField(choices=ImportKind.choices, required=False, allow_blank=True)
    store = TextField(required=False, max_length=40, allow_blank=True, help_text="Code or id.")
    mapping = MappingField(required=False)
    encoding = TextField(required=False, max_length=40, allow_blank=True)
    delimiter = serializers.ChoiceField(choices=DELIMITERS, required=False, allow_blank=True)
    decimal = serializers.ChoiceField(choices=[".", ","], required=False, allow_blank=True)
    date_format = serializers.ChoiceField(choices=ARRANGEMENTS, required=False, allow_blank=True)
    keep_repeats = serializers.BooleanField(required=False)
    keeps_stock = serializers.BooleanField(required=False)
    apply = serializers.BooleanField(default=False, help_text="Go on without waiting for a look at the preview.")


class ImportProgressSerializer(serializers.Serializer):  # type: ignore[type-arg]
    rows_done = serializers.IntegerField()
    rows_to_do = serializers.IntegerField()
    percent = serializers.FloatField()
    rows_per_second = serializers.IntegerField()
    seconds_left = serializers.FloatField(allow_null=True)


class ImportProblemSerializer(serializers.Serializer):  # type: ignore[type-arg]
    line = serializers.IntegerField(help_text="Counts from 1, the line with the names of the columns.")
    column = serializers.CharField(help_text="The file's own name of the column; empty for the whole row.")
    value = serializers.CharField()
    reason = serializers.CharField()
    outcome = serializers.ChoiceField(choices=ImportOutcome.choices)


class ImportRowSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A job as the history lists it."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    status = serializers.ChoiceField(choices=ImportStatus.choices)
    kind = serializers.CharField(help_text="Empty until it is known.")
    store = serializers.IntegerField(allow_null=True)
    file_name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    progress = ImportProgressSerializer()
    rows = serializers.IntegerField()
    succeeded = serializers.IntegerField(help_text="Before it is applied: how many rows would go in.")
    skipped = serializers.IntegerField()
    failed = serializers.IntegerField()
    notices = serializers.IntegerField()
    error = serializers.CharField(help_text="Why it failed, or could not be undone.")
    created_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    applied_at = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_by = serializers.CharField()


class ImportSerializer(ImportRowSerializer):
    """A job with what was found in its file."""

    asked = serializers.DictField(help_text="What its sender said of it; what is not here was found in the file.")
    found = serializers.DictField(help_text="Encoding, delimiter, decimal sign, order of dates, header and mapping.")
    preview = serializers.ListField(child=serializers.DictField(), help_text="The first rows as they are understood.")
    result = serializers.DictField(help_text="Products added, movements written.")
    has_failed_rows = serializers.BooleanField(help_text="There is a CSV of the failed rows to mend.")
    errors = ImportProblemSerializer(many=True, help_text="The first problems; /problems/ lists more.")  # type: ignore[assignment]
