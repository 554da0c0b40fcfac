"""Sites of several exhibitions, built each by itself, come in; one search over all of them goes out."""
