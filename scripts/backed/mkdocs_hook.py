"""The MkDocs hook: makes ``mkdocs build`` and ``mkdocs serve`` give the whole site, records included."""

from backed.build import build
from backed.publish import Publisher

_publisher = Publisher(build)

on_startup = _publisher.on_startup
on_config = _publisher.on_config
on_files = _publisher.on_files
on_nav = _publisher.on_nav
on_env = _publisher.on_env
on_page_content = _publisher.on_page_content
on_page_context = _publisher.on_page_context
on_post_page = _publisher.on_post_page
on_post_template = _publisher.on_post_template
on_post_build = _publisher.on_post_build
on_serve = _publisher.on_serve
