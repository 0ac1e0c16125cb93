"""Who refers to what, gathered once, and the addresses of everything."""
