"""Labels from the window: preview, stock, place on the sheet, and the printer that is there."""
