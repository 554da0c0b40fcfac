"""What the exhibition prints: labels and signs with codes, posters, the catalogue of an edition; set by Typst."""
