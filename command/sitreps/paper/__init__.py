"""Reports on official paper: one form, set as PDF and as DOCX."""
