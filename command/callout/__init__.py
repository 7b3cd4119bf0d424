"""叫应 call-out: who must be woken, who answered, who acted."""
