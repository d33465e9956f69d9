"""Documents what test jobs can rely on and how jobs depend on each other, and verifies it.

Two data flows; each step is a module or package::

    data/*.yaml ─ yamlsource ─ records ─ Catalogue ─ pages ─ .rst ─ sphinxext ─ HTML + JSON
                                            │
    CI files ─ yamlsource ─ ci ─ JobGraph ─ checks ─ diagnostics ─ report (text, …)
"""

__version__ = "0.1.0"
