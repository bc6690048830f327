"""The roof: settings, addresses, wiring, frame, and pages made of many apps."""
