"""How much is measured: enough to compare, or with ``--short`` only enough to see that it still runs."""

import sys

SHORT = "--short" in sys.argv
