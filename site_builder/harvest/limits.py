"""How much a harvest takes before it stops; constants only, so that the manual and the tests name the same."""

LARGEST_FILE = 200 * 1024 * 1024
"""Bytes of one file of data."""
LARGEST_PICTURE = 30 * 1024 * 1024
LARGEST_WHOLE = 1024 * 1024 * 1024
"""Bytes of a harvest, pictures included."""
MOST_ENTRIES = 100_000
MOST_PICTURES = 20
"""Of one entry."""
MOST_MANIFESTS = 2_000
"""Manifests of a IIIF collection that are read one by one."""
DEEPEST = 4
"""Collections inside collections."""
MOST_REDIRECTS = 5
PATIENCE = 30
"""Seconds that an answer may let wait for its next bytes."""
LONGEST = 1800
"""Seconds of a whole harvest."""
LARGEST_RATIO = 250
"""How many times larger than packed a member of a zip may be."""
SMALL_MEMBER = 10 * 1024 * 1024
MOST_MEMBERS = 50_000
