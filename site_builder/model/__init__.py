"""Nouns of the exhibition: kinds of entries, their declarations, problems and pages; no input or output."""
