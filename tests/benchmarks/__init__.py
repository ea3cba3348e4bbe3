"""Benchmarks: never collected as tests. They print ratios against a baseline measured in the same run."""
