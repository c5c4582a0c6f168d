"""The platform-neutral words of a conversation: requests, events, answers and posts."""
