"""What `replylint init` writes besides the policy."""
