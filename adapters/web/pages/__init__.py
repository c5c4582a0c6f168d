"""The pages: one module each, with the questions that it asks the core, and the document made of the answers."""
