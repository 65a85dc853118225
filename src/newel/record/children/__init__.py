"""Children: who the child is, where they stay and why, who is around them, where home is.

And who may reach their record: `visible_to` here is the third lock, the policies that the
migrations of this room make are the fourth.
"""
