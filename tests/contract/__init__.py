"""Tests that hold the service and its OpenAPI document together."""
