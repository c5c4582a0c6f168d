"""The platform-neutral words of a conversation: what is asked, what is answered, what is posted."""
