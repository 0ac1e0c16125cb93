"""All of it in one call, and what finishes a site whatever engine wrote it."""
