"""Places: the county's townships and villages, their names however they are said, the base map."""
