"""Signing in: a password, then a key. No phone is needed anywhere.

`adapters` is where django-allauth asks us what to do, `middleware` what every request passes,
`held` what keeps a form when the session has ended. The pages are in `views` and `key_views`.
"""
