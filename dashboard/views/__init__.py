"""Page elements made of tables: each module renders one region and knows nothing of callbacks."""
