"""What bin/bench measures, and how."""
