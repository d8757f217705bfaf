"""ЗАГС: six kinds of civil acts, pushed and asked for."""
