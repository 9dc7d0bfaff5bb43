"""Labels, slips, sheets and hand-overs, and the printers they go to."""
