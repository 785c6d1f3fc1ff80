"""An inquiry that never was: English-like words, invented people and bodies, the same from the same seed."""
