"""The child's way through the framework, step by step. Each stair leans only on those before it."""
