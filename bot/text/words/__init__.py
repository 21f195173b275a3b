"""A post as words: cleaned, its language told, split into sentences and tokens; word forms and lists of known names."""
