"""What the demo companies sell and where: invented goods at believable prices. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Good:
    """One product. `pace` is how many a busy shop sells a day; `summer` how much more (or less) of it in July."""

    sku: str
    name: str
    cost: float
    price: float
    pace: float
    pack: int = 6
    summer: float = 0.0
    unit: str = "each"


@dataclass(frozen=True, slots=True)
class Place:
    """One store. `share` is its part of a busy shop's sales; a warehouse sells nothing."""

    code: str
    name: str
    kind: str
    location: str
    region: str
    time_zone: str
    share: float


@dataclass(frozen=True, slots=True)
class Company:
    """One demo organisation. `people` are (name, role, codes of the stores or None for all)."""

    name: str
    key: str
    seed: int
    time_zone: str
    places: tuple[Place, ...]
    suppliers: dict[str, int]
    goods: dict[str, tuple[str, tuple[Good, ...]]]
    people: tuple[tuple[str, str, tuple[str, ...] | None], ...]


HARBOUR = Company(
    name="Harbour Goods",
    key="harbour",
    seed=20_240_501,
    time_zone="America/New_York",
    places=(
        Place("DOWNTOWN", "Downtown", "shop", "12 Harbour Street, Boston", "East", "America/New_York", 1.0),
        Place("MALL", "Mall", "shop", "Lakeside Mall 204, Chicago", "Midwest", "America/Chicago", 0.8),
        Place("WAREHOUSE", "Warehouse", "warehouse", "Dock 7, Newark", "East", "America/New_York", 0.0),
        Place("ONLINE", "Online", "online", "", "Everywhere", "UTC", 0.6),
    ),
    suppliers={"Northwind Foods": 4, "Blue Kettle Trading": 9, "Paper Lantern": 12, "Evergreen Home": 7},
    goods={
        "Tea": (
            "Blue Kettle Trading",
            (
                Good("TEA-001", "Breakfast tea, 40 bags", 2.10, 4.50, 9, 12, -0.2),
                Good("TEA-002", "Earl Grey, 40 bags", 2.30, 4.90, 7, 12, -0.2),
                Good("TEA-003", "Green tea, 40 bags", 2.40, 5.20, 6, 12),
                Good("TEA-004", "Peppermint, 20 bags", 1.60, 3.60, 4, 12),
                Good("TEA-005", "Rooibos, 40 bags", 2.20, 4.80, 3, 12),
                Good("TEA-006", "Jasmine pearls, 100 g", 5.90, 12.50, 1.4),
                Good("TEA-007", "Chai, loose, 250 g", 3.80, 8.20, 2.2, 6, -0.4),
                Good("TEA-008", "Iced tea sampler", 4.40, 9.90, 1.8, 6, 0.9),
            ),
        ),
        "Coffee": (
            "Blue Kettle Trading",
            (
                Good("COF-001", "House espresso, 1 kg", 9.50, 18.90, 6),
                Good("COF-002", "Filter roast, 500 g", 5.40, 10.90, 8),
                Good("COF-003", "Decaf, 500 g", 5.80, 11.50, 3),
                Good("COF-004", "Ethiopia single origin, 250 g", 4.90, 10.50, 3.5),
                Good("COF-005", "Colombia single origin, 250 g", 4.60, 9.90, 3),
                Good("COF-006", "Cold brew bottle, 330 ml", 1.30, 3.40, 8, 12, 1.1),
                Good("COF-007", "Paper filters, 100", 0.90, 2.40, 5, 20),
            ),
        ),
        "Pantry": (
            "Northwind Foods",
            (
                Good("PAN-001", "Olive oil, 500 ml", 4.10, 8.90, 4),
                Good("PAN-002", "Wildflower honey, 350 g", 3.20, 6.90, 3.6),
                Good("PAN-003", "Sea salt flakes, 250 g", 1.40, 3.50, 3),
                Good("PAN-004", "Strawberry jam, 340 g", 1.90, 4.20, 4.5, 12, 0.2),
                Good("PAN-005", "Peanut butter, 400 g", 1.80, 3.90, 6, 12),
                Good("PAN-006", "Spaghetti, 500 g", 0.80, 1.90, 11, 20),
                Good("PAN-007", "Tomato passata, 700 g", 1.00, 2.30, 9, 12),
                Good("PAN-008", "Basmati rice, 1 kg", 1.70, 3.60, 7, 10),
                Good("PAN-009", "Red lentils, loose", 1.20, 2.90, 2.5, 5, -0.2, "kg"),
            ),
        ),
        "Snacks": (
            "Northwind Foods",
            (
                Good("SNA-001", "Dark chocolate, 100 g", 1.20, 2.90, 12, 20, -0.3),
                Good("SNA-002", "Milk chocolate, 100 g", 1.10, 2.70, 13, 20, -0.3),
                Good("SNA-003", "Salted almonds, 150 g", 2.10, 4.40, 5, 12),
                Good("SNA-004", "Oat cookies, 200 g", 1.30, 3.20, 8, 12),
                Good("SNA-005", "Shortbread tin", 3.40, 7.90, 2, 6, -0.5),
                Good("SNA-006", "Rice crackers, 120 g", 0.90, 2.20, 6, 12),
                Good("SNA-007", "Dried mango, 100 g", 1.70, 3.80, 4, 12, 0.3),
                Good("SNA-008", "Popcorn, 90 g", 0.70, 1.90, 7, 12),
            ),
        ),
        "Drinks": (
            "Northwind Foods",
            (
                Good("DRI-001", "Sparkling water, 750 ml", 0.50, 1.60, 15, 12, 0.8),
                Good("DRI-002", "Lemonade, 330 ml", 0.70, 2.10, 10, 12, 1.2),
                Good("DRI-003", "Apple juice, 1 l", 1.20, 2.80, 6, 6, 0.3),
                Good("DRI-004", "Ginger beer, 330 ml", 0.80, 2.30, 6, 12, 0.6),
                Good("DRI-005", "Hot chocolate, 400 g", 2.60, 5.90, 3, 6, -0.8),
                Good("DRI-006", "Elderflower cordial, 500 ml", 2.20, 5.20, 2.2, 6, 0.7),
            ),
        ),
        "Kitchen": (
            "Evergreen Home",
            (
                Good("KIT-001", "Stoneware mug", 3.10, 8.50, 3.5, 12),
                Good("KIT-002", "Glass teapot, 1 l", 9.80, 24.00, 0.9, 2),
                Good("KIT-003", "French press, 600 ml", 11.20, 27.50, 0.8, 2),
                Good("KIT-004", "Tea towel, linen", 3.40, 9.00, 1.8, 10),
                Good("KIT-005", "Chopping board, oak", 8.60, 22.00, 0.6, 4),
                Good("KIT-006", "Storage jar, 1 l", 2.90, 7.50, 1.6, 6),
                Good("KIT-007", "Digital scale", 9.10, 21.00, 0.5, 4),
                Good("KIT-008", "Milk frother", 6.70, 16.50, 0.7, 4),
            ),
        ),
        "Stationery": (
            "Paper Lantern",
            (
                Good("STA-001", "Dotted notebook A5", 2.30, 6.50, 3, 10, 0.2),
                Good("STA-002", "Fine pen, black", 0.80, 2.20, 6, 24, 0.2),
                Good("STA-003", "Wrapping paper, roll", 1.10, 3.50, 2.6, 20, -0.6),
                Good("STA-004", "Greeting card", 0.60, 2.80, 7, 24, -0.1),
                Good("STA-005", "Desk calendar", 3.20, 9.50, 0.7, 10, -0.7),
                Good("STA-006", "Washi tape set", 1.90, 5.40, 1.5, 12),
            ),
        ),
        "Home": (
            "Evergreen Home",
            (
                Good("HOM-001", "Beeswax candle", 2.60, 7.20, 2.8, 12, -0.5),
                Good("HOM-002", "Lavender soap", 1.50, 4.30, 4, 12),
                Good("HOM-003", "Hand cream, 75 ml", 2.40, 6.80, 2.4, 12, -0.3),
                Good("HOM-004", "Cotton throw", 12.50, 34.00, 0.5, 4, -0.6),
                Good("HOM-005", "Plant pot, terracotta", 2.10, 6.00, 1.9, 8, 0.6),
                Good("HOM-006", "Room diffuser", 5.60, 15.00, 0.8, 6),
                Good("HOM-007", "Matches, long", 0.60, 1.90, 3, 20, -0.3),
                Good("HOM-008", "Picnic blanket", 9.40, 26.00, 0.5, 4, 1.6),
            ),
        ),
    },
    people=(
        ("admin", "admin", None),
        ("manager", "manager", ("DOWNTOWN", "MALL")),
        ("warehouse-manager", "manager", ("WAREHOUSE",)),
        ("downtown", "staff", ("DOWNTOWN",)),
        ("mall", "staff", ("MALL",)),
    ),
)

ALPINE = Company(
    name="Alpine Outfitters",
    key="alpine",
    seed=20_240_502,
    time_zone="Europe/Zurich",
    places=(
        Place("VALLEY", "Valley shop", "shop", "Dorfstrasse 4, Chur", "Graubünden", "Europe/Zurich", 1.0),
        Place("SUMMIT", "Summit kiosk", "shop", "Bergstation", "Graubünden", "Europe/Zurich", 0.4),
    ),
    suppliers={"Edelweiss Sport": 14, "Trailhead Supply": 6},
    goods={
        "Footwear": (
            "Edelweiss Sport",
            (
                Good("BOOT-01", "Hiking boot, low", 48.00, 119.00, 1.1, 2, 0.7),
                Good("BOOT-02", "Hiking boot, high", 61.00, 149.00, 0.8, 2, 0.5),
                Good("SOCK-01", "Wool sock", 5.20, 14.00, 5, 10),
                Good("SNOW-01", "Snowshoe pair", 52.00, 129.00, 0.5, 2, -0.9),
            ),
        ),
        "Gear": (
            "Trailhead Supply",
            (
                Good("PACK-01", "Day pack, 20 l", 24.00, 64.00, 0.9, 4, 0.5),
                Good("POLE-01", "Trekking poles", 18.50, 49.00, 1.0, 4, 0.6),
                Good("BOTT-01", "Steel bottle, 750 ml", 6.40, 19.00, 2.4, 8, 0.5),
                Good("LAMP-01", "Head lamp", 9.90, 29.00, 0.7, 6, -0.2),
            ),
        ),
        "Provisions": (
            "Trailhead Supply",
            (
                Good("BAR-001", "Energy bar", 0.70, 2.20, 14, 24, 0.6),
                # The other company's number for another thing: business keys belong to an organisation.
                Good("TEA-001", "Mountain herb tea", 2.60, 6.40, 3, 12, -0.3),
                Good("SUN-001", "Sun cream, SPF 50", 4.10, 11.50, 2.5, 12, 1.0),
                Good("MAP-001", "Trail map 1:25,000", 4.80, 14.50, 1.3, 10, 0.8),
            ),
        ),
    },
    people=(("admin", "admin", None), ("manager", "manager", ("VALLEY",)), ("summit", "staff", ("SUMMIT",))),
)

COMPANIES = (HARBOUR, ALPINE)
