"""The pictures' geometry: what stands where, worked out at build time from the data alone.

Nothing here writes markup: every module turns a graph into boxes, marks and lines with coordinates,
and the templates in ``pages/templates/charts`` draw them.
"""
