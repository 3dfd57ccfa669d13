"""Cards: what they say, carry and refuse to say."""
