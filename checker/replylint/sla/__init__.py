"""Was the contract kept? Event logs and cases with times, held against the contract's clocks."""
