"""A believable day of trade, driven through the real API of a running instance.

`plan` decides what happens when, from a seed; `tills` speak HTTP; `trade` knows a company; `rounds` plays the plan;
`ledger` looks afterwards at what the ledger made of it. Nothing here writes to the database.
"""
