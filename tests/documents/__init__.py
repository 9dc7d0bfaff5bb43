"""Labels and sheets, made as real files and read back by an independent renderer and decoder."""
