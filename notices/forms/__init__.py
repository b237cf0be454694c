"""Forms of the portal: shape only, the services do the work."""
