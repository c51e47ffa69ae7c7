"""Shows: pages, JSON and RDF of what the graph says.

Builds: HTTP requests in, answers out.
Holds: pages, the JSON interface, the SPARQL protocol, content negotiation.
May import: queries, ontology.
Never: the builder, SPARQL text, state between requests.
"""

from flask import Flask, Response
from jinja2 import StrictUndefined

from queries.answers.choices import Choices
from queries.limits import Workers
from queries.matching import Matcher
from queries.search.index import Index
from queries.stores.bounded import BoundedStore
from queries.stores.port import Store
from web import (
    api,
    failures,
    pages,
    presentation,
    protocol,
    reconciliation,
    resource,
    searching,
    vocabularies,
)
from web.asked import Asking
from web.competency import Examination

__all__ = ["create_app"]

_POLICY = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(
    store: Store, *, workers: Workers, asking: Asking, index: Index, version: str = ""
) -> Flask:
    """The site over a store.

    `workers` answer strangers' queries and named ones; `asking` answers questions in plain words;
    `index` is what searches are answered from; `version` is the digest of the generation served.
    """
    app = Flask(__name__)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    presentation.install(app, version)
    failures.install(app)
    matcher = Matcher(store)
    choices = Choices(store)
    examination = Examination(workers, choices)
    bounded = BoundedStore(workers, client="queries", whole=True)
    app.register_blueprint(pages.blueprint(store, bounded, asking, choices, examination))
    app.register_blueprint(api.blueprint(store, bounded, asking, choices, examination))
    app.register_blueprint(searching.blueprint(index))
    app.register_blueprint(resource.blueprint())
    app.register_blueprint(protocol.blueprint(workers))
    app.register_blueprint(vocabularies.blueprint(store, matcher))
    app.register_blueprint(reconciliation.blueprint(matcher))

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in _POLICY.items():
            response.headers.setdefault(name, value)
        return response

    return app
