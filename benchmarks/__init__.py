"""How fast is it, and does it stay so? Made-up evidence of any size, and what it costs to check and build."""
