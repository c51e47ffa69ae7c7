SELECT iri, zh, en FROM name
