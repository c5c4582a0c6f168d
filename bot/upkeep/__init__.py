"""What a program that runs for years does beside serving: signs of life, daily copies, health for whoever watches."""
