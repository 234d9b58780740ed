"""What OOWidget.js promises, tried on any script by its address.

`make contract` tries the simulator, `make contract URL=… COMPANY=…` another script, `make live` the
vendor's. The checks are written from the vendor's documentation (`test_documented.py`) and from
what public integrations were seen relying on (`test_observed.py`), not from the simulator.
"""
