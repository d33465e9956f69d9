"""New records: what is asked, how answers are checked, and where the record is written.

``forms`` is the table of what can be made; the questions come from the models of the records.
"""
