"""What people read and hand on: one module for each form of report."""
