"""Words for made-up children. They are about nobody."""

FIRST_NAMES = (
    *("Amy", "Arthur", "Barnaby", "Biddy", "Caddy", "Clara", "Dot", "Edwin", "Emily", "Esther"),
    *("Fanny", "Florence", "Frederick", "George", "Grace", "Harriet", "Joe", "Kate", "Kit"),
    *("Lizzie", "Louisa", "Lucie", "Madeline", "Martin", "Mary", "Nell", "Nicholas", "Paul"),
    *("Philip", "Richard", "Rosa", "Ruth", "Sam", "Sissy", "Sophy", "Sydney", "Tom", "Walter"),
)

LINES = (
    ("sets_off", "Being told about a change at the last minute."),
    ("sets_off", "Two adults talking about me as if I was not there."),
    ("early_sign", "I go quiet and pull my sleeves over my hands."),
    ("early_sign", "I start to walk up and down by the door."),
    ("helps", "Walk with me. We do not have to talk."),
    ("helps", "Tell me what happens next, and then next."),
    ("harder", "Being crowded, or told to calm down."),
    ("harder", "Somebody new on nights whom I have not met."),
    ("strength", "I am good at mending things."),
    ("strength", "I like cooking for other people."),
    ("need", "Somebody who comes back when they said they would."),
    ("understanding", "When plans changed without warning it used to mean moving again."),
)

EVENTS = (
    ("home", "Moved to live with his grandmother"),
    ("family", "A younger sister was born"),
    ("loss", "A much loved dog died"),
    ("school", "Started at a new school"),
    ("school", "Was top of the class in drawing"),
    ("health", "Was in hospital for a week"),
    ("moving", "Moved to a new town"),
    ("moving", "Moved to another placement"),
    ("court", "Went to court for the first time"),
    ("good", "A summer by the sea with an uncle"),
)
