"""What the API's document takes for granted: signing in and out, and what a client needs to know besides."""
