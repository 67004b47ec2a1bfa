"""Examples for the API's description."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

SECRET = "onh_7YbKx0cQ2mV5tRz8nLw3pHd6sFg9jA1eUoTiXyCvBqN4k0Qx1Zr"
ORGANIZATION = {
    "id": 1,
    "name": "Bazaar",
    "slug": "bazaar",
    "time_zone": "Asia/Karachi",
    "currency": "PKR",
    "allows_negative_stock": False,
    "created_at": "2026-01-05T08:00:00Z",
}
CALLER = {
    "id": 7,
    "username": "amina",
    "email": "amina@example.com",
    "first_name": "Amina",
    "last_name": "Khan",
    "role": "admin",
    "sees_costs": True,
    "stores": None,
    "scopes": None,
    "organization": ORGANIZATION,
}
SIGNED_IN = {"token": SECRET, "expires_at": "2026-01-05T20:00:00Z", "user": CALLER}
TOKEN = {
    "id": 12,
    "name": "Till 3",
    "kind": "integration",
    "prefix": SECRET[:12],
    "member": 4,
    "username": "amina",
    "scopes": ["stock:write", "catalog:read"],
    "stores": [2],
    "created_at": "2026-01-05T08:00:00Z",
    "expires_at": "2027-01-05T08:00:00Z",
    "last_used_at": None,
    "revoked_at": None,
}
MEMBER = {
    "id": 5,
    "user_id": 9,
    "username": "chand",
    "email": "chand@example.com",
    "first_name": "Chand",
    "last_name": "",
    "role": "staff",
    "stores": [2],
    "sees_costs": False,
    "is_active": True,
    "created_at": "2026-01-05T08:00:00Z",
}
INVITED = {
    "id": 3,
    "email": "bilal@example.com",
    "role": "manager",
    "stores": None,
    "sees_costs": True,
    "invited_by": "amina",
    "created_at": "2026-01-05T08:00:00Z",
    "expires_at": "2026-01-12T08:00:00Z",
    "accepted_at": None,
    "revoked_at": None,
    "token": SECRET,
    "link": f"https://onhand.example.com/join/#token={SECRET}",
}
INVITATION = {name: value for name, value in INVITED.items() if name not in {"token", "link"}}


def request(value: Any, name: str = "Request") -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def answer(value: Any, name: str = "Answer") -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201"])


def page(value: Any, name: str = "Answer") -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200"])


def refused(code: str, detail: str, status: int) -> OpenApiExample:
    value = {"code": code, "detail": detail, "fields": {}, "request_id": "4f0c…"}
    return OpenApiExample(code, value=value, response_only=True, status_codes=[str(status)])
