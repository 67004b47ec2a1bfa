"""The roof over the rooms' ModelAdmins: the site, its doors and its first page."""
