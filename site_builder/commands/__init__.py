"""The commands of `exhibition` that do not need MkDocs."""
