"""The search room: catalogue and cards come in; an index of static files that never misses a Chinese word goes out."""
