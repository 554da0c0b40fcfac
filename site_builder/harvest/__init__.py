"""The data of another exhibition come in; entries for a joint exhibition, each with its source, go out."""
