"""Calls for consensus on a text: positions, objections, dissent, determination."""
