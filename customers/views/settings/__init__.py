"""The pages on which administrators keep the words of their company."""
