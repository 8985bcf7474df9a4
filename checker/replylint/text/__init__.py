"""Text made comparable: folding with an offset map, sentences, clauses, tokens."""
