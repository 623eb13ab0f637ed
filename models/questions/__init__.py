"""The questions people ask, on the page or the command line: each one statement on the schema `analyst`."""
