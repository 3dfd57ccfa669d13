"""What the clients that exist send, and what they can show."""
