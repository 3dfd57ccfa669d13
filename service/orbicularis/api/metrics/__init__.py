"""What is counted while the service runs, and how it is shown (Prometheus)."""
