"""How much an office file may hold before it is refused; constants only, so that the manual and the tests name the same."""

LARGEST_FILE = 60 * 1024 * 1024
"""Bytes on disk."""
LARGEST_UNPACKED = 800 * 1024 * 1024
"""Bytes after unpacking, all parts together."""
MOST_PARTS = 5_000
"""Files inside a package."""
LARGEST_RATIO = 250
"""How many times larger than packed a part over 10 MB may be; real sheets stay below 60."""
SMALL_PART = 10 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 400
LAST_ROW = 1_048_576
"""Of any sheet of Excel."""
MOST_STYLES = 66_000
"""Formats of cells; Excel itself keeps 65,490."""
MOST_CELLS = 4_000_000
LONGEST_CELL = 32_767
"""Characters, as in Excel."""
MOST_FILES = 20_000
"""Files in the folders of one import."""
MOST_PICTURES = 200
"""Pictures taken from one file."""
LARGEST_PICTURE = 30 * 1024 * 1024
DEEPEST_NESTING = 4
"""Tables inside tables, objects inside objects."""
