"""The OpenAPI document: built from the models and the worked examples, for integrators."""
