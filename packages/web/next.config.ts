import path from "node:path";
import { operations } from "@daybook/core/api";
import { routesOf } from "@daybook/core/contract/routes";
import type { NextConfig } from "next";
import { commonHeaders, contentSecurityPolicy, developmentPolicy, transportSecurity } from "./lib/security-headers.ts";
import { uploadOrigin } from "./lib/upload-origin.ts";

const repository = path.join(import.meta.dirname, "../..");
const apiUrl = process.env.DAYBOOK_API_URL;
const development = process.env.NODE_ENV === "development";

/** `sst dev` has no distribution in front of this machine: what is for the API is passed on from here. */
const apiPlaces = apiUrl ? [{ source: "/v1/:path*", destination: `${apiUrl}/v1/:path*` }] : [];

const handle = ":handle([a-z0-9-]{3,30})";
const feedFile = ":file(feed\\.xml|atom\\.xml|feed\\.json)";
/** Where readers go, and where that is in `app`: a folder that begins with an @ would be something else there. */
const readingPlaces = [
  { source: `/${feedFile}`, destination: "/feeds/:file" },
  { source: `/@${handle}/${feedFile}`, destination: "/feeds/:file/author/:handle" },
  { source: `/tags/:tag/${feedFile}`, destination: "/feeds/:file/tag/:tag" },
  { source: `/@${handle}`, destination: "/authors/:handle" },
  { source: `/@${handle}/:slug([a-z0-9-]{1,80})`, destination: "/authors/:handle/:slug" },
];

/** Nobody reads in those folders: each of their pages has its one address outside of them. */
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
  // Dependencies live at the root of the repository, and so does the contract.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  transpilePackages: ["@daybook/core"],
  images: { unoptimized: true },
  // For `lib/routes.ts`.
  env: { DAYBOOK_ROUTES: JSON.stringify(routesOf(operations)) },
  allowedDevOrigins: ["localhost", "127.0.0.1"],
  redirects: async () => canonicalPlaces.map((place) => ({ ...place, permanent: true })),
  rewrites: async () => [...readingPlaces, ...(development ? apiPlaces : [])],
  headers: async () => [
    {
      source: "/:path*",
      // Where pages leave the server, `lib/page-policy.ts` adds the hashes of their own inline scripts; without it none runs.
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
