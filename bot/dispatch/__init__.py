"""The way in: requests become transactions and answers, and platform events are taken in."""
