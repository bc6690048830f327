"""A list's copies of a post: fields put in front, byte by byte, and what was written left alone."""
