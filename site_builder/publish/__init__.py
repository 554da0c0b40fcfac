"""From the catalogue to page plans and files; publishers are strangers to each other."""
