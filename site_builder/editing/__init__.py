"""The editor in a browser: forms made from the model, drafts, conflicts, pictures, and the small server behind them."""
