"""The phone number library; to be imported on the first use only, for that takes 20 ms.

As the import system runs this once, whichever thread comes first, so is its cache turned on once.
"""

from __future__ import annotations

import phonenumbers

# Without it, numbers of many regions cost eight times as much: their patterns push each other out
# of the cache that `re` keeps.
phonenumbers.enable_pattern_cache()

__all__ = ["phonenumbers"]
