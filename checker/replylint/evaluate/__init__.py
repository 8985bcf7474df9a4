"""Rules applied to cases: findings, undecided points, verdicts."""
