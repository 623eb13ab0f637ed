"""What all tests share: a real Postgres, and the command as a person runs it."""

pytest_plugins = ["postgres", "command"]
