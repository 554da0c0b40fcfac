"""From page plans and frames to files on disk; the one door to the disk."""
