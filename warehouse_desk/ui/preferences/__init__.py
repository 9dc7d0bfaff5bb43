"""The settings of the station and of the warehouse."""
