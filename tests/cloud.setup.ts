import type { TestProject } from "vitest/node";
import { startCloudWithoutPages } from "./cloud.ts";

declare module "vitest" {
  interface ProvidedContext {
    cloud: Readonly<Record<string, string>>;
    /** The folder with the cloud's data, including its signing keys. */
    dataFolder: string;
  }
}

/** Starts one local cloud for all API tests. Each test creates its own users. */
export default async function setup(project: TestProject) {
  const cloud = await startCloudWithoutPages();
  project.provide("cloud", cloud.env);
  project.provide("dataFolder", cloud.dataFolder);
  return cloud.remove;
}
