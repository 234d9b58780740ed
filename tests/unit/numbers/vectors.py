"""Numbers as written in a region, and what becomes of them."""

VECTORS = [
    # The vendor's own example.
    ("CZ", "777 666 555", "+420 777 666 555"),
    # What both libraries answer, in groups by E.123.
    ("CZ", "420777666555", "+420 777 666 555"),
    ("CZ", "+420 (0) 777 666 555", None),
    ("AR", "0 11 15-2345-6789", "+54 9 11 2345 6789"),
    ("BR", "0 15 11 96123-4567", "+55 11 96123 4567"),
    ("BS", "365 1234", "+1 242 365 1234"),
    ("CZ", "+1 (650) 253-0000", "+1 650 253 0000"),
    ("JP", "12514667105461519", None),
    # Spaces that come along, and separators without a meaning.
    ("CZ", "\u00a0777\u202f666\u2007555\t", "+420 777 666 555"),
    ("CZ", "777/666.555-", "+420 777 666 555"),
    ("GB", "+44 (0) 20 7946 0018", "+44 20 7946 0018"),
    (None, "+420777666555", "+420 777 666 555"),
    (None, "777666555", None),
    (None, "+800 1234 5678", "+800 1234 5678"),
    # Numbers that begin with zeros.
    (None, "+39 06 698 12345", "+39 06 6981 2345"),
    # As one dials it there: the region's own prefix for calls abroad.
    ("US", "011 420 777 666 555", "+420 777 666 555"),
    ("RU", "8 10 420 777 666 555", "+420 777 666 555"),
    # What the gate keeps out.
    ("CZ", "", None),
    ("CZ", " \t", None),
    ("CZ", "+", None),
    ("CZ", "777 666 555 (mobil)", None),
    ("CZ", "777 666 555 ext. 3", None),
    ("CZ", "1-800-FLOWERS", None),
    ("CZ", "tel:+420777666555", None),
    ("CZ", "++420777666555", None),
    ("CZ", "420+777666555", None),
    ("CZ", "٧٧٧٦٦٦٥٥٥", None),
    ("CZ", "７７７６６６５５５", None),
    ("CZ", "777\n666555", None),
    ("CZ", "777666555\n", None),
    ("CZ", "+0420777666555", None),
    ("CZ", "+ (0) 420777666555", None),
    ("CZ", "777666555" + "-" * 55, "+420 777 666 555"),
    ("CZ", "777666555" + "-" * 56, None),
    ("CZ", " " * 60 + "777666555" + " " * 60, "+420 777 666 555"),
    # A calling code that does not exist does not become anything else without its "+".
    ("FI", "+990 420 777 666 555", None),
    # A calling code is read the same with its "+" and without: no prefix goes twice, and no area
    # code is added.
    ("KE", "254 0 0 712 123456", None),
    ("BS", "1 365 1234", None),
    # Too few digits for another region of the same calling code.
    ("CA", "+1 (1) 310 1234", None),
    ("CA", "310 1234", "+1 310 1234"),
    ("JE", "0800 735 456", None),
]
