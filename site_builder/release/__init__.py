"""A built site and what becomes of it: how it is served, how it goes online."""
