/** A response header, in the form of Next's configuration. */
export interface Header {
  readonly key: string;
  readonly value: string;
}

/**
 * The content security policy of a page: all resources come from the page's origin, and an inline script runs only if
 * its hash is listed.
 * @param scriptHashes of the inline scripts, as `sha256-…`; if empty, no inline script runs
 * @param uploadOrigin another origin that the page may upload files to
 */
export function contentSecurityPolicy(scriptHashes: readonly string[] = [], uploadOrigin?: string): Header {
  const scripts = ["'self'", ...scriptHashes.map((hash) => `'${hash}'`)];
  const reached = ["'self'", ...(uploadOrigin === undefined ? [] : [uploadOrigin])];
  return policy({ ...strict, "script-src": scripts, "connect-src": reached, ...trustedTypes });
}

/**
 * The policy of the development server. The server needs eval, inline styles and a web socket, so the policy only
 * blocks other origins.
 * @param uploadOrigin the origin of uploads; any local port by default, because the local cloud starts after this
 * server
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

/**
 * Forbids scripts from strings (Trusted Types). `instrumentation-client.ts` defines the one policy, which allows the
 * app's own script URLs.
 */
const trustedTypes = { "require-trusted-types-for": ["'script'"], "trusted-types": ["default"] };

function policy(directives: Record<string, readonly string[]>): Header {
  const value = Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(" ")}`);
  return { key: "Content-Security-Policy", value: value.join("; ") };
}

/** Headers of every response. */
export const commonHeaders: readonly Header[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

/** Sent only over TLS, which local mode does not use. Two years, as browsers' preload lists require. */
export const transportSecurity: Header = {
  key: "Strict-Transport-Security",
  value: "max-age=63072000; includeSubDomains",
};
