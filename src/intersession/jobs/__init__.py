"""Durable tasks and schedules: leases, retries, unique keys, progress."""
