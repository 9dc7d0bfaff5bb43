"""What any program would want unchanged: clock, paths, logging, resources, languages."""
