"""From files under content/ and tables to validated entries, each value with its place."""
