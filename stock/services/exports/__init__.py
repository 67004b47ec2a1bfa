"""Lists and reports made into files in the background."""
