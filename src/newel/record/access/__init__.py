"""Access: the people who sign in, what their role lets them do, and the audit of what was done.

This room names a child only by an id. Who may reach which child is decided one floor up, in
`children`; where somebody works is kept in `establishments`.
"""
