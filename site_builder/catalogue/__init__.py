"""From entries to the whole exhibition, cross-referenced: links both ways, groups and addresses."""
