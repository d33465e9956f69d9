"""What test jobs may count on and which job waits for which: data, manual, check.

Two flows, one module or package a step::

    data/*.yaml ─ yamlsource ─ records ─ Catalogue ─ pages ─ .rst ─ sphinxext ─ HTML + JSON
                                            │
    CI files ─ yamlsource ─ ci ─ JobGraph ─ checks ─ diagnostics ─ report (text, …)
"""

__version__ = "0.1.0"
