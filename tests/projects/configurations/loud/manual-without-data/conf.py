extensions = ["groundrules.sphinxext"]
