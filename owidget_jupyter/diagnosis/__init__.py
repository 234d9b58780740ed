"""Why a chat does or does not work here: what kernel, page and stage know, with advice."""
