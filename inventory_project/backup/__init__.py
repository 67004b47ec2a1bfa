"""A whole installation's data as one file, and back: `take`, `restore`, `keeping`. Why so: docs/adr/0012."""
