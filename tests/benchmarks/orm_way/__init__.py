"""The plain way of taking a movement, for comparison: ORM, select_for_update, save, DRF serializers, a token table.

The reference's tables hold the data. Nothing here knows tenants, lanes, keys, figures or a sealed log.
"""
