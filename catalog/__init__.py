"""What is sold, and who supplies it."""
