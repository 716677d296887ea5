"""What each benchmark measures and prints, one module per benchmark with one function `run`.

May import the rest of `ui`. A module is loaded when its benchmark is called: `rag bench NAME`.
"""
