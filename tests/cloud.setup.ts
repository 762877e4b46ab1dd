import { createServer } from "node:http";
import { listen } from "@daybook/local/http";
import type { TestProject } from "vitest/node";
import { startTestCloud } from "./cloud.ts";

declare module "vitest" {
  interface ProvidedContext {
    cloud: Readonly<Record<string, string>>;
    /** The folder with the cloud's data, including its signing keys. */
    dataFolder: string;
  }
}

/** Starts a site without pages, so that the API tests need no build of the web app. */
async function startStubSite() {
  const { port, close } = await listen(
    createServer(({ method }, response) => response.writeHead(method === "GET" ? 404 : 200).end()),
    0,
  );
  return { url: `http://127.0.0.1:${port}`, close };
}

/** Starts one local cloud for all API tests. Each test creates its own users. */
export default async function setup(project: TestProject) {
  const site = await startStubSite();
  const cloud = await startTestCloud({ siteUrl: site.url });
  project.provide("cloud", cloud.env);
  project.provide("dataFolder", cloud.dataFolder);
  return async () => {
    await cloud.remove();
    await site.close();
  };
}
