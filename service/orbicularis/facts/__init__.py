"""What is known of one patient, and what was concluded from it."""
