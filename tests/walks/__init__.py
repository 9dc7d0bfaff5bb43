"""Random histories of a warehouse: whatever is done, in whatever order, the books stay true.

A history is a list of deeds drawn from a seed. After every deed all invariants are looked at; a history that breaks one
is replayed with fewer and fewer deeds until none can be left out, and told as a list that a person can follow.
"""
