"""Spreadsheets as people have them: files in, typed rows with diagnoses and proposed repairs; rows out."""
