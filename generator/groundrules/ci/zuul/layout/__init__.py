"""The objects of all files put together as one tenant."""
