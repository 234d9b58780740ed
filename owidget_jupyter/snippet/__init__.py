"""What a website needs to have a widget's chat: the vendor's snippet, with its settings."""
