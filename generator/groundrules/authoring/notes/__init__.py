"""Notes of a session → the values of its record.

``decoding`` (bytes to text) → ``irc_log`` or ``note_page`` (text to lines of notes, in whichever
format) → ``note_tree`` (topics, decisions, actions) → ``session_values`` (the record).  What is not
understood stays in a summary, so that no word is lost.
"""
