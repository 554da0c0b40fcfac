"""Finished pages in Chinese come in; the same pages in another language go out."""
