"""The ledger and everything that moves it."""
