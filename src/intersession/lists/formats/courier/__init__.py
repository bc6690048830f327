"""The courier: a lean program that sends each subscriber's copy, signed. No Django in here."""
