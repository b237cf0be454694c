"""What people are shown of measures, in words."""
