"""The scan strip: mode, field, verdict, history."""
