import type { TestProject } from "vitest/node";
import { startTestCloud } from "./cloud.ts";

declare module "vitest" {
  interface ProvidedContext {
    cloud: Readonly<Record<string, string>>;
    /** Where that cloud keeps its data, its signing keys among them. */
    dataFolder: string;
  }
}

/** One local cloud for all API tests; each test has users of its own. */
export default async function setup(project: TestProject) {
  const cloud = await startTestCloud();
  project.provide("cloud", cloud.env);
  project.provide("dataFolder", cloud.dataFolder);
  return () => cloud.remove();
}
