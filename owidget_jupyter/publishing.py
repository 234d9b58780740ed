"""A widget's chat on a website: the public side of `owidget_jupyter.snippet`."""

from __future__ import annotations

import os
from pathlib import Path

from owidget_jupyter import validation
from owidget_jupyter.part import Part


class Publishing(Part):
    """A model whose settings can go to a website."""

    def snippet(self, *, custom_data: bool = True) -> str:
        """Return what puts this chat on a website: the vendor's snippet with its settings.

        It is what the vendor's API page documents, for anybody's page: paste it into the body.
        Status and events have callbacks with nothing in them yet. The data of `add_custom_data`
        go along as they are, also personal ones: what a cell prints is saved with its notebook.
        Whatever texts the settings hold, they stay texts; all of it is ASCII.

        A `NumberPolicy` goes along as JavaScript, in a script element of its own: 28 kB, beside
        the numbering plans, 1 kB for ``allowed_regions=["CZ"]`` and 180 kB for all regions. A
        Python function cannot; the snippet says so where its rules have to be written anew.

        A simulated chat's snippet asks the simulator's host at ``localhost:8123``, which
        ``python -m owidget_jupyter.simulator --port 8123`` starts. What only concerns a notebook,
        such as `isolation` or `height`, does not go along, and a closed widget has one, too.

        Args:
            custom_data: Whether the data of `add_custom_data` go along.

        Raises:
            ValueError: if there is no company id yet, or `custom_data` is neither True nor False.

        Example:
            >>> print(OWidget("295b1064-cf5b-4a5d-9e05-e7a74f86ae5e", preset="sales").snippet())
            <script type="text/javascript">
            (function () {
              var scr = document.createElement('script');
              ...
        """
        from owidget_jupyter.snippet import script

        with_data = validation.flag("custom_data", custom_data)
        if self.company_id is None:
            raise ValueError("there is no company id yet: call init() or set company_id first")
        data = dict(self._run.custom_data) if with_data else {}
        return script.snippet(self, self._simulation, self._numbers.coming, data)

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        custom_data: bool = True,
    ) -> Path:
        """Write a whole page with the `snippet` and nothing else, and return where it is.

        It is to be served over http or https: the script's address is protocol-relative, as on
        the vendor's page, and leads nowhere from a page that is opened as a file. Its ``lang`` is
        `page_language`, or else `language`; where both are None, or `page_language` is "", it has
        none. The data of `add_custom_data` are in the file, also personal ones.

        Args:
            path: Of the file, in UTF-8.
            overwrite: Whether a file that exists is replaced.
            custom_data: Whether the data of `add_custom_data` go along.

        Raises:
            FileExistsError: if there is such a file already, which stays as it is.
            OSError: if it cannot be written; what was there before stays.
            TypeError: for what is no path.
            ValueError: see `snippet`, and if `overwrite` is neither True nor False.

        Example:
            >>> chat.to_html("chat.html")
            PosixPath('chat.html')
        """
        from owidget_jupyter.snippet.page import page, write

        overwrites = validation.flag("overwrite", overwrite)
        return write(path, page(self, self.snippet(custom_data=custom_data)), overwrites)
