"""From a list, an archive or a folder to rows of submissions; no database and no Django in here."""
