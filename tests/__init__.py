"""The tests, and first of all: what is compiled is kept, whatever the machine is set to.

Hundreds of processes would each take two seconds to compile the project again, and each run ten more for
the tests.
"""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
