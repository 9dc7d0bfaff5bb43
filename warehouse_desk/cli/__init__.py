"""The services without a window, one subcommand each."""
