"""Instructions (指令事项): orders to a department or a township to do something, with a clock, an answer and proof."""
