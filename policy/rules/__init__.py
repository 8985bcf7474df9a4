"""The starter rules, one a file."""
