"""What has a place: layers over HTTP, as tiles, over the OGC API, and their features in memory."""
