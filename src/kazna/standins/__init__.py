"""Pretend agencies: they speak the official formats to the product over HTTP and files, from outside."""
