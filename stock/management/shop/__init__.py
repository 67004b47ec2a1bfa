"""The shop's command line: one module each for words, names, what is written, what is read, and how it is printed."""
