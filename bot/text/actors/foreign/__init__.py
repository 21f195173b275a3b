"""Names and titles in languages that no model was trained for: by capitals, titles and lists."""
