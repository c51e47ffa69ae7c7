"""Outline to facts, one file per kind of fact. `facts` composes them."""
