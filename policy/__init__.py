"""The starter policy: a contract, rules and the lexicon."""
