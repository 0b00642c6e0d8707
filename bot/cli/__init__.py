"""The command line: what is typed, what is printed, and what is said when something is wrong."""
