"""The admin site's kit: what the rooms' admin.py build on. Free of tables; rights come from the member's role."""
