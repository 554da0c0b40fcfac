"""Neutral sheets ↔ entries: headings, cells, matching, the plan, the journal."""
