"""The living page of the design: tokens and components as they are now, from the real style sheets and templates."""
