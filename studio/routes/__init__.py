"""The routes under `/studio`: what the page's own script fetches. What belongs to another browser is not there: 404."""
