"""Agency workers for one shift on one unit: let in within two minutes, out by themselves.

An account (`access.one_shift_actions`) and a post that both end when the shift does. Whoever has
been here before is let in again with the account they have.
"""
