"""The law of mail: who a message is, what it says, where it belongs. Plain values, no database."""
