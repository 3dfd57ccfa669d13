"""Orbicularis: a CDS Hooks service for facial and lip twitching."""
