"""Emergency drills: a timeline of what came in and what the team did, held against the contract."""
