"""The words of every rule in each language, and the advice made of them."""
