"""What the picture engine is judged on: pictures of our own of many kinds, and what is done to pictures.

Pure and seeded: the same seed gives the same pixels, with the same Pillow and NumPy.
"""
