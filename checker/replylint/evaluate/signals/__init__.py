"""What in a set of reviews makes an emergency of the contract: a module for each sort; `table` lists them all."""
