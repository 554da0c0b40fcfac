"""A built site → everything amiss in it: links, requests, leaks, markup, weights, metadata, and whether its parts agree."""
