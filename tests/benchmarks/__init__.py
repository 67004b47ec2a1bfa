"""What `make bench` measures. Nothing here is collected by the tests."""
