"""Pictures of the exhibition: what stands in the place of a photograph."""
