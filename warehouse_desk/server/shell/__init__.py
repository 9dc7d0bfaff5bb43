"""What stands between the network and the API: limits, deadlines, who may connect, health, log, start and stop."""
