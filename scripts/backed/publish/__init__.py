"""Publishing: the theme's shell, rendered pages put into it, the search index, the sitemap, the finished site."""

from .publisher import FaultyEvidence, Publisher
from .serve import serve_site
from .site import SiteError, publish_site
from .write import Builder, Built, Published

__all__ = ["Builder", "Built", "FaultyEvidence", "Published", "Publisher", "SiteError", "publish_site", "serve_site"]
