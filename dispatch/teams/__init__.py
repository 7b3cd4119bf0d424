"""Teams: who can help, how they are asked, and whether they are ready."""
