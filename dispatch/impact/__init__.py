"""Impact: who and what is in the way of an incident or inside a drawn shape, what may follow, who can be there when."""
