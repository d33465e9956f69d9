"""Sphinx settings of this manual."""

project = "Groundrules"
author = "The Groundrules team"
project_copyright = "the Groundrules team, Apache-2.0"
language = "en"

extensions = ["groundrules.sphinxext", "sphinx_click"]
exclude_patterns = ["generated/**/.*"]
nitpicky = True
smartquotes = False

html_theme = "pydata_sphinx_theme"
html_title = "Groundrules"
html_show_sourcelink = False
html_copy_source = False
html_sidebars = {"generated/changes": []}  # it has no pages below it
html_context = {"default_mode": "auto"}
html_theme_options = {
    "header_links_before_dropdown": 7,
    "show_nav_level": 1,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
}
latex_engine = "xelatex"
