"""Reasoning: findings, ranking, red flags and orders."""
