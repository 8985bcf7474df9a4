"""What is left to read of a statement after a mistake: all that the mistake does not touch, at the same offsets.

What is wrong is blanked out, or something sound that no longer is put in its place. Statements that were read so are
never used: they are looked into, so that the other mistakes in them are told in the same run.
"""
