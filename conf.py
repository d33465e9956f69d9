"""Sphinx settings of this manual."""

project = "Groundrules"
author = "The Groundrules team"
project_copyright = "the Groundrules team, Apache-2.0"
language = "en"

extensions = ["groundrules.sphinxext", "groundrules.sphinxext.package_map", "sphinx_click"]
exclude_patterns = ["generated/**/.*"]
nitpicky = True
smartquotes = False

html_theme = "pydata_sphinx_theme"
html_title = "Groundrules"
html_favicon = html_logo = "source/_static/logo.svg"
html_static_path = ["source/_static"]
html_css_files = ["manual.css"]
html_show_sourcelink = False
html_copy_source = False
# pages without pages below them need no list of those at their side
html_sidebars = {name: [] for name in ("generated/changes", "generated/sessions/index")}
html_last_updated_fmt = today_fmt = "%Y-%m-%d"
html_context = {"default_mode": "auto"}
html_theme_options = {
    "header_links_before_dropdown": 7,
    "show_nav_level": 1,
    "navbar_align": "left",
    "logo": {"text": "Groundrules", "alt_text": ""},
    "navigation_with_keys": False,
    "footer_end": ["last-updated"],
    "secondary_sidebar_items": ["page-toc"],
}
latex_engine = "xelatex"
