/**
 * Removes the query of reading pages. Otherwise each query would create a cached copy, and an invalidation names only
 * paths. The exception is `?fresh=`: a client requests a page with it right after its regeneration, and that response
 * is not cached. A page also has only one form: Next's router requests another one by a header and the query, but
 * receives the HTML page and opens it as a full page.
 */
export const readingPages = `
  if (/^\\/(blog|archive|tags|@|sitemap|robots\\.txt|(feed|atom)\\.(xml|json))/.test(event.request.uri)) {
    const fresh = event.request.querystring.fresh;
    event.request.querystring = fresh ? { fresh: fresh } : {};
    delete event.request.headers.rsc;
  }`;
