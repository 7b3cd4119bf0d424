"""Measures the budgets of the design: `python -m tests.bench [--quick] [name…]`.

Each figure is set beside a reference measured in the same run, because a shared machine changes from minute to
minute: a ratio says what the code does, an absolute figure what the machine did.
"""
