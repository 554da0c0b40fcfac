"""Makers of office files as they really arrive, with what must be read from each."""
