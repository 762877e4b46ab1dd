import { readFileSync } from "node:fs";
import type { KnipConfig } from "knip";

/** Modules that the deployed program names as handlers. */
const handlers = [
  ...readFileSync("infra/graph.local.json", "utf8").matchAll(/"handler": "packages\/functions\/([\w/-]+)\.\w+"/g),
];

export default {
  workspaces: {
    ".": {
      entry: ["scripts/*.{ts,mjs}", "bench/**/*.ts", "tests/local/second-app/**/*.ts"],
      project: ["*.ts", "{infra,scripts,bench,tests}/**/*.{ts,mjs}"],
    },
    "packages/core": { project: "src/**/*.ts", includeEntryExports: true },
    "packages/functions": {
      entry: [...new Set(handlers.map(([, module]) => `${module}.ts`)), "src/manifest.ts", "*.mjs"],
      project: ["*.mjs", "src/**/*.ts"],
    },
    "packages/local": { project: "src/**/*.ts", includeEntryExports: true },
    "packages/web": {
      entry: ["features/offline/worker/worker.ts", "open-next.config.ts", "public/*.js"],
      project: ["**/*.{ts,tsx,css}"],
      // Their files are named by path.
      ignoreDependencies: [/^@fontsource-variable\//],
    },
  },
  // They have a package.json and a lock file of their own.
  ignore: ["bench/peers/**"],
  // Parts of SST's platform, which is unpacked to `.sst`.
  ignoreDependencies: [/^@pulumi\//],
  ignoreBinaries: ["java", "taskset"],
  ignoreExportsUsedInFile: true,
} satisfies KnipConfig;
