"""Where words stand: files, spans, problems and the sentences that describe them."""
