/* The site's own scripts; every page is whole without them. */
