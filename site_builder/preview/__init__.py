"""What is being edited, on the screen: changes come in, pages of the latest content go out, with all that is amiss."""
