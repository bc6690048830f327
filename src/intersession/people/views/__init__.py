"""Pages of a person: signing in and out, profile, addresses, language, texts."""
