"""The command line: a module for each command, and what commands share. The work itself is done in other folders."""
