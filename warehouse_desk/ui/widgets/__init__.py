"""Small pieces that several panes share."""
