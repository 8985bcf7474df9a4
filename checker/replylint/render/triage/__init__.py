"""What `replylint triage` found, for people and for programs."""
