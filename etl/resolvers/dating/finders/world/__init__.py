"""The clues that knowledge of the world gives: facts, counted days, meetings and journeys, and how they are named."""
