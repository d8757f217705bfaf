"""Screens of agreements that give functions of a region to the Fund."""
