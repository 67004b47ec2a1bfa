"""OpenAPI: one error shape on every operation, tags by room."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from inventory_project.api.file_renderers import CSV, JSON, MEDIA_TYPES, PAGE, XLSX
from inventory_project.api.files import JSON_FILE


class ErrorSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Every refusal looks like this."""

    code = serializers.CharField(help_text="A stable word for programs.")
    detail = serializers.CharField(help_text="A sentence for people.")
    fields = serializers.DictField(help_text="What is wrong, by field.")  # type: ignore[assignment]
    request_id = serializers.CharField()


ERRORS = {
    400: "The input is not valid; `fields` says where.",
    401: "No credentials, or they are expired or revoked.",
    403: "The role, scope or CSRF token does not allow this.",
    404: "Not found (or not yours: the two answer alike).",
    405: "The method is not allowed here.",
    406: "The requested format is not offered.",
    408: "The body did not arrive in time.",
    409: "It conflicts with the present state.",
    410: "The database was restored and lacks what the cursor stands behind; `fields` says where to go on.",
    411: "The body came without a Content-Length.",
    412: "The record changed since you read it.",
    413: "The body is too large.",
    415: "The body's format is not understood.",
    422: "The idempotency key was used with another body.",
    428: "The request must say which version it changes.",
    429: "Too many requests; wait Retry-After seconds.",
    503: "Briefly unavailable; trying again is safe.",
}


FILES_SAID = "csv, xlsx: all pages as one file, in the list's order."
FORMAT = OpenApiParameter("format", str, enum=[JSON, CSV, XLSX], description=FILES_SAID)
FORMAT_OR_PAGE = OpenApiParameter(
    "format", str, enum=[JSON, CSV, XLSX, PAGE], description=f"{FILES_SAID} html: a page to print."
)
FILE_PARAMETERS = [
    OpenApiParameter("download", bool, description="true with format=json: all rows as one JSON file."),
    OpenApiParameter("bom", bool, description="true with format=csv: begins with a byte order mark, for Excel."),
]
A_FILE = {"schema": {"type": "string", "format": "binary"}}


class OnhandSchema(AutoSchema):
    """Adds the error shape to every operation, and the kinds of file to every list and report."""

    def get_override_parameters(self) -> list[Any]:
        if not self._offers_file():
            return []
        return [FORMAT_OR_PAGE if self.view.prints else FORMAT, *FILE_PARAMETERS]

    def map_renderers(self, attribute: str) -> list[Any]:
        """Of JSON alone; a file has no schema."""
        found = super().map_renderers(attribute)
        return found[:1] if self._offers_file() else found

    def _offers_file(self) -> bool:
        return self.method == "GET" and getattr(self.view, "file", None) is not None

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            if self._offers_file():
                content = operation["responses"]["200"]["content"]
                self._describe_files(content)
                if self.view.prints:
                    content["text/html"] = {"schema": {"type": "string"}}
            for status, description in ERRORS.items():
                if str(status) not in operation["responses"]:
                    answer = OpenApiResponse(ErrorSerializer, description=description)
                    operation["responses"][str(status)] = self._get_response_for_code(answer, str(status))
        return operation

    @staticmethod
    def _describe_files(content: dict[str, Any]) -> None:
        if MEDIA_TYPES[JSON] in content:  # else it is always a file
            content[JSON_FILE] = {"schema": {"description": "All rows in one array; a report of figures as it is."}}
            content.update({MEDIA_TYPES[form].partition(";")[0]: A_FILE for form in (CSV, XLSX)})

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "schema_tag", None) or self.view.__module__.split(".")[0]]
