"""Moving people out of danger: who lives where, who decided, how many have gone, refused, not been reached, arrived, come back."""
