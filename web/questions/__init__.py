"""The questions the page asks, each one statement on the schema `analyst`."""
