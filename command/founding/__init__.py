"""What an installation begins with: roles and centres; and, for the demo, invented people."""
