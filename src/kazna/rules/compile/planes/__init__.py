"""Truth planes: each distinct condition of all measures once for a block of people, a measure is an AND of planes."""
