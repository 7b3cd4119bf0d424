"""Plans and responses: the library of plans with their editions, responses activated by them, consultations (会商)."""
