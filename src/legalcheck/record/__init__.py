"""The record of every draft under review, and the gate before deliberation (review-process.md sections 7 and 9)."""
