"""Rule documents: strict reading of YAML into facts, relations, parameters, tables and measures."""
