"""The edition as a book: an EPUB, a PDF and a ZIM, made from the graph and the finished site.

``content`` gathers once what the book holds, chapter by chapter; ``epub`` and ``pdf`` each set it
in their own way, from the same templates; ``zim`` packs the site as it is. What a format needs
beyond the site's own libraries is an extra (``requirements/book.in``), loaded when it is made.
"""
