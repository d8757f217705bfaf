"""Sizes of the officer's lists."""

PER_PAGE = 25
