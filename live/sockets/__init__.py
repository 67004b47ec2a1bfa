"""Socket.IO: the rooms and names of old, over the same hub."""
