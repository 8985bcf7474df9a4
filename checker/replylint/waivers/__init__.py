"""Findings that a person lets stand: waivers, and the baseline of an archive."""
