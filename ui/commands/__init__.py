"""What each command of the program does, one module per command with one function `run`.

May import the rest of `ui`. A module is loaded when its command is called.
"""
