"""The state's sign-in service (ЕСИА) as a process of its own, and beside it an ordinary OIDC provider."""
