"""Renderers: a Report as web page, PDF, Word and Excel, and a chart as SVG or PNG."""
