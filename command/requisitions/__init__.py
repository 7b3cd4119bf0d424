"""What was requisitioned for an incident (征用): from whom, by whose decision, and that it is returned or compensated."""
