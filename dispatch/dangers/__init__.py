"""Teams and danger areas: who entered which, was told, and left; who is told before setting out."""
