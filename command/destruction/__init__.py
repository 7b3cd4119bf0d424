"""销毁: personal data goes once the response is over, unless it is held with an assessment; what goes is confirmed by name."""
