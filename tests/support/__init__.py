"""What several test folders share: real servers, guards, and an isolated profile."""
