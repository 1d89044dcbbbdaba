"""The same list in Django admin: what Tounesna's list is compared with."""
