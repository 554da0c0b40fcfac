"""What the official documents demand, checked against what the catalogue knows."""
