"""How messages leave: letters in the recipient's language, and the channels that take them; knows no rule, no table."""
