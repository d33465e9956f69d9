"""Notes of a session → the values of its record.

``decoding`` (bytes to text; ``mail_parts`` for mails) → ``irc_log`` or ``note_page`` (text to lines
of notes, in whichever format) → ``note_tree`` (topics, decisions, actions; ``action_terms`` for
owners and due dates) → ``session_values`` (the record).  What is not understood stays in a summary,
so that no word is lost.
"""
