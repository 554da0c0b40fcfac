"""A catalogue comes in; tables, a data package, a database and an interface of files for re-users go out."""
