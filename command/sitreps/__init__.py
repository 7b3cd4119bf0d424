"""信息报送: what is owed to whom until when, drafts that people sign and send, who was told which figures."""
