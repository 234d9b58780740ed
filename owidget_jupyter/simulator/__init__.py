"""The simulator: what stands in for the vendor where there is nobody to answer."""
