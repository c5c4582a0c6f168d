"""The only SQL outside the migrations: short statements beside the functions that use them."""
