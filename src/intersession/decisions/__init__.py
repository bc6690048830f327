"""Calls for consensus on a text: positions, objections, minority statements, determination."""
