"""Back offices as data: packs, and the one reader that understands them all."""
