"""`python -m bench` is `python -m bench.answers`."""

import sys

from bench.answers import main

sys.exit(main())
