"""Letters written in the transaction that caused them; a worker sends them."""
