"""归档: the response file of an incident, a signed ZIP that anybody can verify without this system."""
