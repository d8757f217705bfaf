"""Sign-in by somebody else's word: ЕСИА by both of its protocols, and any ordinary OIDC provider."""
