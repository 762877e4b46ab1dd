import { defineConfig } from "vitest/config";
import { operations } from "./packages/core/src/api.ts";
import { routesOf } from "./packages/core/src/contract/operation.ts";

const slow = { testTimeout: 60_000, hookTimeout: 120_000 };
/** A machine that is busy with the other files starts a database within seconds, not at once. */
const quick = { testTimeout: 20_000, hookTimeout: 60_000 };

/** One process for many test files; see the file. */
const shared = { isolate: false, setupFiles: "tests/file.setup.ts" };

const elsewhere = ["**/node_modules/**", "**/.next/**", "**/.open-next/**"];

export default defineConfig({
  test: {
    // By default one core is left free, which is half of a machine with two.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["packages/**/*.test.{ts,tsx}"],
          exclude: [...elsewhere, "**/*.time.test.ts"],
          env: { DAYBOOK_ROUTES: JSON.stringify(routesOf(operations)) },
          ...quick,
          ...shared,
        },
      },
      { test: { name: "architecture", include: ["tests/*.test.ts"], ...slow, ...shared } },
      {
        test: {
          name: "infra",
          include: ["tests/infra/**/*.test.ts"],
          globalSetup: "tests/infra/synthesis.setup.ts",
          ...slow,
          // Several stages are synthesized at the same time.
          hookTimeout: 300_000,
          ...shared,
        },
      },
      {
        test: {
          name: "api",
          include: ["tests/api/**/*.test.ts"],
          globalSetup: "tests/cloud.setup.ts",
          ...slow,
          ...shared,
        },
      },
      { test: { name: "local", include: ["tests/local/**/*.test.ts"], ...slow, ...shared } },
      {
        // What measures time: after everything else, one file at a time.
        test: {
          name: "time",
          include: ["packages/**/*.time.test.ts"],
          exclude: elsewhere,
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          ...slow,
          ...shared,
        },
      },
    ],
  },
});
