"""Processes that this one began: who has told his result is not waited for (``press/apart.py``), so some may still be ending."""

import multiprocessing

SECONDS = 60


def nobody_is_left() -> bool:
    """Whether all end by themselves."""
    for ending in multiprocessing.active_children():
        ending.join(SECONDS)
    return not multiprocessing.active_children()
