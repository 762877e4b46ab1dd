import path from "node:path";
import type { NextConfig } from "next";
import { commonHeaders, contentSecurityPolicy, developmentPolicy, transportSecurity } from "./lib/security-headers.ts";

const repository = path.join(import.meta.dirname, "../..");
const development = process.env.NODE_ENV === "development";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Dependencies live at the root of the repository, and so does the contract.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  transpilePackages: ["@daybook/core"],
  images: { unoptimized: true },
  allowedDevOrigins: ["localhost", "127.0.0.1"],
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
