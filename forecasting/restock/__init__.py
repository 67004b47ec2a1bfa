"""When to order and how much: NumPy arrays in, arrays out, no Django. Formulas, sources and timing:
docs/restocking.md."""
