"""The bus between components: NATS JetStream fed from the outbox, read into the same deliveries."""
