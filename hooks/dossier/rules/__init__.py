"""The invariants that no single field can hold."""
