"""Programs that contenders run: processes of their own, so that each is measured alone."""
