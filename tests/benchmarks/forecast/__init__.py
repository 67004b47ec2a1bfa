"""`make bench-forecast`: the forecasting engine beside its rivals, on real sales."""
