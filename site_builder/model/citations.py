"""How an entry is cited and shown elsewhere: the values of one fold of its page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """References to one entry in the forms that theses, lists and programs ask for, and a card for other sites."""

    permanent: str
    """Absolute address that never changes; empty where the site's own address is not known."""
    reference: str
    """Text by GB/T 7714—2015 up to the day of citation, which only the reader knows."""
    reference_end: str
    """What follows the day of citation."""
    bibtex: str
    ris: str
    card: str
    """HTML without script, class or outside style; empty where the site's own address is not known."""
    name: str
    """Name of the files that a visitor saves, without ending."""
