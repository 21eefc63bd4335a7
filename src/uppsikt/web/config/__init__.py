"""How the web is put together: settings, addresses, server."""
