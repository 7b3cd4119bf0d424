"""The second half of the flow: from the committed entry to every screen that may know it, and what a screen asks when it comes back."""
