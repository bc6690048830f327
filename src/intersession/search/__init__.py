"""One index over everything public: apps put documents in, anyone finds them."""
