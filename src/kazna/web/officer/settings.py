"""Sizes of the officer's lists."""

PER_PAGE = 25
LIFE_PER_PAGE = 50
