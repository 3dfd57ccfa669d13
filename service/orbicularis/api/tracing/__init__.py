"""Traces of calls, sent to a collector where the operator names one (OpenTelemetry)."""
