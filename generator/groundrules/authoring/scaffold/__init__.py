"""A new manual: answers → the text of each file → files that did not exist before.

`Answers` has what a user answered, `planned` the files of the manual with their texts, and
`Target` the folder that they are written to.  Nothing that exists is changed.
"""
