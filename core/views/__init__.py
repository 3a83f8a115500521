"""The pages that belong to no app: the person's own profile and the way into the Django admin."""
