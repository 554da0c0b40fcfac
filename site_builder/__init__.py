"""The builder of the online exhibition of workers' innovation: content/ in, a static site out."""
