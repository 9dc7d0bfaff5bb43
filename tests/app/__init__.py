"""Tests of this part of the program."""
