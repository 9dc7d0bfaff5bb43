"""Orders and references out of files: preview, repair, import; returned and delivered by file."""
