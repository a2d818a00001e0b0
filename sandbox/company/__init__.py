"""The company itself, drawn from a seed: no vendor's words of transport, no files, no clock of its own."""
