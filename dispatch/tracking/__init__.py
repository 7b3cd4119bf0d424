"""Where teams are: positions in, thinned trail kept, live as fleeting signals. Shared only on duty or on a task."""
