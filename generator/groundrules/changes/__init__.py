"""Two revisions of the data → what changed in the promises, in sentences.

Records are compared by kind and id, so that a file that moved is no change.  `data_state` reads a
revision, `catalogue_difference` compares two, and `notice` judges what was taken away.
"""
