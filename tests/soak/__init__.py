"""A holiday week on a clock that stands still: several shops, and whatever can happen to them."""
