"""The invariants that no single field can check."""
