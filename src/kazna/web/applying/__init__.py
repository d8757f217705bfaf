"""Applications on screens: the same pages for a citizen in the cabinet and an officer at the desk or with a paper."""
