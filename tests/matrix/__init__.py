"""The full matrix: every road, each step, orders that stand everywhere, days that can be and that cannot.

``stands`` brings orders to where they stand, ``roads`` are the entrances, ``expected`` says what the rules want.
"""
