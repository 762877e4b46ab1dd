/** A header of an answer, as Next's configuration writes it. */
export interface Header {
  readonly key: string;
  readonly value: string;
}

/**
 * The policy of a page: everything comes from our own origin, and a script that stands in the page runs only if its hash is known.
 * @param scriptHashes of the inline scripts, as `sha256-…`; without any, no inline script runs
 * @param uploadOrigin where files may be posted to besides, if anywhere
 */
export function contentSecurityPolicy(scriptHashes: readonly string[] = [], uploadOrigin?: string): Header {
  const scripts = ["'self'", ...scriptHashes.map((hash) => `'${hash}'`)];
  const reached = ["'self'", ...(uploadOrigin === undefined ? [] : [uploadOrigin])];
  return policy({ ...strict, "script-src": scripts, "connect-src": reached, ...trustedTypes });
}

/**
 * The development server evaluates code, writes inline styles and listens on a socket: its policy only keeps other origins out.
 * @param uploadOrigin where files may be posted to; the local cloud starts after the server, at ports that are not known yet
 */
export function developmentPolicy(uploadOrigin = "http://127.0.0.1:*"): Header {
  return policy({
    ...strict,
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "connect-src": ["'self'", "ws:", uploadOrigin],
  });
}

const strict = {
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'"],
  "worker-src": ["'self'"],
  "connect-src": ["'self'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};

/** No text becomes markup or code, but for the addresses of our own scripts: `instrumentation-client.ts` has the one exception. */
const trustedTypes = { "require-trusted-types-for": ["'script'"], "trusted-types": ["default"] };

function policy(directives: Record<string, readonly string[]>): Header {
  const value = Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(" ")}`);
  return { key: "Content-Security-Policy", value: value.join("; ") };
}

/** What every answer says, whatever it holds. */
export const commonHeaders: readonly Header[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

/** Only where a visitor came over TLS, which is never so on a laptop; two years, as the preload lists ask. */
export const transportSecurity: Header = {
  key: "Strict-Transport-Security",
  value: "max-age=63072000; includeSubDomains",
};
