"""Files of office programs ↔ neutral sheets: rows of cells, each with its place."""
