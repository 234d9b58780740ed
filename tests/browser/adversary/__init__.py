"""A hostile script in the vendor's place: what it can do under each isolation, measured."""
