extensions = ["groundrules.sphinxext"]
html_theme = "basic"
latex_engine = "xelatex"
