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

const handle = ":handle([a-z0-9-]{3,30})";
const feedFile = ":file(feed\\.xml|atom\\.xml|feed\\.json)";
/** Maps public URLs to routes in `app`, because Next.js reserves folder names that start with @. */
const readingPlaces = [
  { source: `/${feedFile}`, destination: "/feeds/:file" },
  { source: `/@${handle}/${feedFile}`, destination: "/feeds/:file/author/:handle" },
  { source: `/tags/:tag/${feedFile}`, destination: "/feeds/:file/tag/:tag" },
  { source: `/@${handle}`, destination: "/authors/:handle" },
  { source: `/@${handle}/:slug([a-z0-9-]{1,80})`, destination: "/authors/:handle/:slug" },
];

/** Redirects the internal routes to the public URLs, so each page has one address. */
const canonicalPlaces = [
  { source: "/authors/:handle", destination: "/@:handle" },
  { source: "/authors/:handle/:slug", destination: "/@:handle/:slug" },
  { source: "/feeds/:file", destination: "/:file" },
  { source: "/feeds/:file/author/:handle", destination: "/@:handle/:file" },
  { source: "/feeds/:file/tag/:tag", destination: "/tags/:tag/:file" },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Dependencies and the contract are outside of this package.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  transpilePackages: ["@daybook/core"],
  images: { unoptimized: true },
  // Read by `lib/routes.ts`.
  env: { DAYBOOK_ROUTES: JSON.stringify(routesOf(operations)) },
  allowedDevOrigins: ["localhost", "127.0.0.1"],
  redirects: async () => canonicalPlaces.map((place) => ({ ...place, permanent: true })),
  rewrites: async () => [...readingPlaces, ...(development ? apiPlaces : [])],
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
