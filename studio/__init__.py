"""The pages that a person sees: layout, handlers, plots and words."""
