"""The command `check`: which drafts, the verdicts on them, what is done with each verdict, the reports."""
