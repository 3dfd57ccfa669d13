"""What all tests share: patience, and the profiles of property tests.

``--hypothesis-profile=nightly`` asks for the other one.
"""

from tests.support.examples import DAILY, usually
from tests.support.patience import be_patient

be_patient()
usually(DAILY)
