"""What is done after the fetch: pages become outcomes, seeds are read, runs are counted."""
