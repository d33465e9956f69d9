"""A manual's promises as an Ansible role, which a base job includes to test its nodes.

`role_data` has the promises of every label, `role_files` the texts of the role's files, and
`write_role_files` writes them.  The promises are data of the role: no text of a record is ever a
template that Ansible would evaluate.
"""
