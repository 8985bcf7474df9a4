"""What a resolved rule means, in plain English or Chinese; made from the rule itself, never from its comments."""
