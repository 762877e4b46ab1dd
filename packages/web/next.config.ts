import path from "node:path";
import { operations } from "@daybook/core/api";
import { routesOf } from "@daybook/core/contract/routes";
import type { NextConfig } from "next";
import { commonHeaders, contentSecurityPolicy, developmentPolicy, transportSecurity } from "./lib/security-headers.ts";

const repository = path.join(import.meta.dirname, "../..");
const apiUrl = process.env.DAYBOOK_API_URL;
const development = process.env.NODE_ENV === "development";

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
  // `sst dev` has no distribution in front of this machine: what is for the API is passed on from here.
  rewrites: async () => (apiUrl ? [{ source: "/v1/:path*", destination: `${apiUrl}/v1/:path*` }] : []),
  headers: async () => [
    {
      source: "/:path*",
      // Where pages leave the server, `lib/page-policy.ts` adds the hashes of their own inline scripts; without it none runs.
      headers: [...commonHeaders, development ? developmentPolicy() : contentSecurityPolicy()],
    },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [transportSecurity],
    },
  ],
};

export default config;
