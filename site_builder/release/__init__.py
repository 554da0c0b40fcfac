"""From a built site to findings about it (later: freezing, verifying, packaging)."""
