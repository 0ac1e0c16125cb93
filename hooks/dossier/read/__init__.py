"""From files to typed records that know where each value stands."""
