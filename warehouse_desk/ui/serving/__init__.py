"""The desk that answers other programs: started, stopped and looked at from the window."""
