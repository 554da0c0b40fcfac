"""Measurements of the builder against its peers; run by hand, never part of the tests."""
