"""The admin site's looks. Its rights are in inventory_project.desk, its pages in the rooms' admin.py."""

from django.templatetags.static import static

from inventory_project.settings.env import env

# A word beside the title, such as "Staging", so that nobody mistakes one installation for another.
ENVIRONMENT_LABEL = env.str("ENVIRONMENT_LABEL", default="")

UNFOLD = {
    "SITE_TITLE": "Onhand",
    "SITE_HEADER": "Onhand",
    "SITE_SUBHEADER": "inventory_project.admin_site.site.organization_name",
    "SITE_SYMBOL": "inventory_2",
    "SITE_URL": None,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "ENVIRONMENT": "inventory_project.admin_site.site.environment",
    "ENVIRONMENT_TITLE_PREFIX": ENVIRONMENT_LABEL or None,
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": "inventory_project.admin_site.site.menu",
    },
    "ACCOUNT": {"navigation": "inventory_project.admin_site.site.account_links"},
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("onhand/icon.svg")},
    ],
    "STYLES": [lambda request: static("onhand/desk.css")],
    "COLORS": {
        "primary": {
            "50": "oklch(97.5% .015 195)",
            "100": "oklch(94.5% .035 195)",
            "200": "oklch(89% .06 195)",
            "300": "oklch(82% .09 195)",
            "400": "oklch(72% .11 195)",
            "500": "oklch(62% .105 195)",
            "600": "oklch(50% .085 195)",
            "700": "oklch(43.5% .073 195)",
            "800": "oklch(37.5% .06 195)",
            "900": "oklch(32% .05 195)",
            "950": "oklch(22% .04 195)",
        },
    },
}
