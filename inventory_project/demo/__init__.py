"""The demonstration: two invented companies whose stock, sales and people look like a shop's."""
