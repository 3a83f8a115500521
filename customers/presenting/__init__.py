"""A customer as its page shows it: words and addresses, prepared so that the template only draws."""
