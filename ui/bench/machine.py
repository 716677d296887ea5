"""The lines above every table of figures: the command and the machine.

May import nothing of ours.
"""

import os
import platform
import sys


def headline() -> str:
    """What was run and on what."""
    machine = f"{os.cpu_count()} 核 {platform.machine()}，Python {platform.python_version()}"
    return f"命令：{' '.join(('rag', *sys.argv[1:]))}\n机器：{machine}\n"
