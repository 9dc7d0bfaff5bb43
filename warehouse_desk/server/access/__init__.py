"""Who may ask: bearer tokens, sessions, forged requests, limits. Nothing here knows the server's machinery."""
