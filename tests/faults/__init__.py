"""What goes wrong, with its end: processes killed, servers gone, mail that means harm."""
