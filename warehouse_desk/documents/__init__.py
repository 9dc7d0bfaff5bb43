"""Paper: parcel labels, hand-over sheets, packing slips and sheets of barcodes, from plain specifications.

No Qt and no SQL. Lengths inside are points (1/72 inch) from the top left corner, y downwards, unless a name
says millimetres (``mm``) or printer dots.
"""
