"""What the pool of `queries.limits` is made of: its child process, and turns at it."""

__all__: list[str] = []
