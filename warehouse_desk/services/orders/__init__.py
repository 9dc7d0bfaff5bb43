"""Orders of one worker: made, changed, listed, and moved through their life cycle."""
