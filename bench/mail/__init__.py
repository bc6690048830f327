"""How fast mail comes in and goes out; the database and the mail server are real."""
