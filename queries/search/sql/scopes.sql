SELECT id, kind, places, domains, nationals, since, until FROM scope
