"""What an operator sees and does about mail: how it stands, DNS, keys, a post to itself."""
