"""Tests of the subject of the same name."""
