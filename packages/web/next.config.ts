import path from "node:path";
import { operations } from "@daybook/core/api";
import { routesOf } from "@daybook/core/contract/operation";
import type { NextConfig } from "next";
import { redirects, rewrites } from "./features/reading/reading-paths.ts";
import { commonHeaders, contentSecurityPolicy, developmentPolicy, transportSecurity } from "./lib/security-headers.ts";
import { uploadOrigin } from "./lib/upload-origin.ts";

const repository = path.join(import.meta.dirname, "../..");
const apiUrl = process.env.DAYBOOK_API_URL;
const development = process.env.NODE_ENV === "development";

/** `sst dev` has no distribution in front of this server, so the server forwards API requests itself. */
const apiPlaces = apiUrl ? [{ source: "/v1/:path*", destination: `${apiUrl}/v1/:path*` }] : [];

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
  redirects: async () => [...redirects],
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
