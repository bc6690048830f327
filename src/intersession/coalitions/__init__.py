"""The coalitions: names over time, status, offices, stated procedure."""
