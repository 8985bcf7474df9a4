"""What a contract is checked for once its values are read: a module for each subject, all checks listed in `table`."""
