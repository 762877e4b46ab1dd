import path from "node:path";
import { operations } from "@daybook/core/api";
import { routesOf } from "@daybook/core/contract/operation";
import type { NextConfig } from "next";
import { commonHeaders, contentSecurityPolicy, developmentPolicy, transportSecurity } from "./lib/security-headers.ts";
import { uploadOrigin } from "./lib/upload-origin.ts";

const repository = path.join(import.meta.dirname, "../..");
const apiUrl = process.env.DAYBOOK_API_URL;
const development = process.env.NODE_ENV === "development";

/** `sst dev` has no distribution in front of this server, so the server forwards API requests itself. */
const apiPlaces = apiUrl ? [{ source: "/v1/:path*", destination: `${apiUrl}/v1/:path*` }] : [];

/** The form of a parameter in a public path. Others may be any text. */
const forms: Readonly<Record<string, string>> = {
  handle: "([a-z0-9-]{3,30})",
  slug: "([a-z0-9-]{1,80})",
  file: "(feed\\.xml|atom\\.xml|feed\\.json)",
};
const withForms = (path: string) => path.replace(/:(\w+)/g, (parameter, name) => parameter + (forms[name] ?? ""));

/**
 * Public paths with their routes in `app`, because Next.js reserves folder names that start with @. A public path is
 * rewritten to its route, and a route is redirected to its public path, so each page has one address.
 */
const places = [
  ["/:file", "/feeds/:file"],
  ["/@:handle/:file", "/feeds/:file/author/:handle"],
  ["/tags/:tag/:file", "/feeds/:file/tag/:tag"],
  ["/@:handle", "/authors/:handle"],
  ["/@:handle/:slug", "/authors/:handle/:slug"],
] as const;
const rewrites = places.map(([page, route]) => ({ source: withForms(page), destination: route }));
const redirects = places.map(([page, route]) => ({ source: route, destination: page, permanent: true }));

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Dependencies and the contract are outside of this package.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  transpilePackages: ["@daybook/core"],
  images: { unoptimized: true },
  // `npm run check` checks the types, also in CI. A build cannot: it does not compile the declarations of core, which
  // the check of this package reads.
  typescript: { ignoreBuildErrors: true },
  // Read by `lib/routes.ts`.
  env: { DAYBOOK_ROUTES: JSON.stringify(routesOf(operations)) },
  allowedDevOrigins: ["localhost", "127.0.0.1"],
  redirects: async () => redirects,
  rewrites: async () => [...rewrites, ...(development ? apiPlaces : [])],
  headers: async () => [
    {
      source: "/:path*",
      // `lib/page-policy.ts` adds the hashes of a page's inline scripts when the page is sent. Without it, no inline
      // script runs.
      headers: [...commonHeaders, development ? developmentPolicy(uploadOrigin()) : contentSecurityPolicy()],
    },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [transportSecurity],
    },
  ],
};

export default config;
