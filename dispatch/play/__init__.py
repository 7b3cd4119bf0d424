"""The demo's rainy evening: a table of what people do, and a stage that does it through the real actions."""
