"""How an entry is cited: the values of one fold of its page."""

from site_builder.model.frozen import frozen


@frozen
class Citation:
    """The reference to one entry."""

    permanent: str
    """Absolute address that never changes; empty where the site's own address is not known."""
    reference: str
    """Text by GB/T 7714—2015 up to the day of citation, which only the reader knows."""
    reference_end: str
    """What follows the day of citation."""
    name: str
    """Name of the files that a visitor saves, without ending."""
