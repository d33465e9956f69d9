"""The texts of the scripts, which each page of a translated manual passes to them.

``window.groundrulesTexts`` maps each English text of the scripts to its translation.
"""

from __future__ import annotations

import json

from sphinx.application import Sphinx

from groundrules.sphinxext.translation import N_, word

TEXTS = (
    # search
    N_("{count} hit"),
    N_("{count} hits"),
    N_("The first {some} of {count} hits"),
    N_("The first {some} of {count} hits. Enter shows more"),
    N_("Nothing found for “{query}”. Where to ask, and the topics:"),
    # filters
    N_("Filter the table"),
    N_("Show all"),
    N_("Nothing matches"),
    N_("Expectation"),
    N_("Label"),
    N_("Add a label"),
    N_("Memory"),
    N_("Processor"),
    N_("Stage"),
    N_("Standing"),
    N_("Text"),
    N_("Topic"),
    N_("Since"),
    N_("all"),
    N_("any"),
    N_("choose"),
    N_("What differs between these labels"),
    N_("The same on these labels"),
    N_("These labels"),
    N_("On this label"),
    N_("{some} of {count} expectation"),
    N_("{some} of {count} expectations"),
    N_("{some} of {count} expectations differ"),
    N_("{some} of {count} label"),
    N_("{some} of {count} labels"),
    N_("{some} of {count} change"),
    N_("{some} of {count} changes"),
    N_("Copy"),
    N_("Copied"),
    N_("Copy the nodeset"),
    N_("Copy a nodeset with {label}"),
    # graphs
    N_("Picture"),
    N_("Find a job, or two"),
    N_("Smaller"),
    N_("Larger"),
    N_("Fit"),
    N_("Whole picture"),
    N_("Why"),
    N_("{count} job"),
    N_("{count} jobs"),
    N_("waits for {count}{names}"),
    N_("{count} waits for it{names}"),
    N_("{count} wait for it{names}"),
    N_("can run side by side with {count}"),
    N_("not known for {count}"),
    N_("{job} waits for {other}{mark}: {reason}"),
    N_("{job} waits for {other}{mark}."),
    N_("{job} waits for {other} through {names}{mark}."),
    N_("planned"),
    N_("no job called {name}"),
    N_("{job} and {other} take turns: both hold {semaphore}."),
    N_("{job} and {other} can run side by side:"),
    N_("they are declared independent."),
    N_("neither touches what the other uses."),
    N_("Neither {job} nor {other} waits for the other."),
    N_("Nothing written here makes {job} or {other} wait for the other."),
    N_("To be known before they run side by side:"),
    N_("what do they touch, and does one have to wait?"),
    N_("one touches what the other uses: can they at the same time?"),
    # jobs of a change
    N_("Changed files, one a line, as “git diff --name-only” prints them"),
    N_("Run"),
    N_("Run, as documented"),
    N_("Do not run"),
    N_("No documented file matches"),
    N_("Not known here; “groundrules jobs” can tell"),
    N_("{name} (unless {others}, in another repository, has file matchers)"),
)
# Words of marks, which the script compares with the text of a cell.
STANDINGS = ("guaranteed", "varies", "present, not promised", "not guaranteed")


def add_texts(app: Sphinx) -> None:
    """Pass the translated texts to the scripts, unless the manual is in English."""
    translations = {text: word(text) for text in (*TEXTS, *STANDINGS) if word(text) != text}
    if app.builder.format == "html" and app.builder.name != "epub" and translations:
        # no "</script>" in a text can end the element
        data = json.dumps(translations, sort_keys=True).replace("<", "\\u003c")
        app.add_js_file(None, body=f"window.groundrulesTexts = {data};", priority=200)
