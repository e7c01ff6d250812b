"""People at the sheet: they see it, type into it and rearrange it, outside the API and its quotas."""
