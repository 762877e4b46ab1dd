import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Client } from "@daybook/core/client";
import type { MediaId } from "@daybook/core/ids";
import { Advice } from "../lib/terminal.ts";
import { postsFolder } from "./post-file.ts";

/** Timeout for a picture's variants in milliseconds, generous for a busy machine. */
const patienceMs = 120_000;

/**
 * Uploads a picture of the demo blog as a browser does, and waits until it is available.
 * @throws Advice if that fails
 */
export async function uploadPicture(client: Client, file: string): Promise<MediaId> {
  const content = await readFile(path.join(postsFolder, "pictures", file));
  const { data: media } = await client.createMedia({ body: { type: "image/png", bytes: content.byteLength } });
  const form = new FormData();
  for (const [name, value] of Object.entries(media.upload.fields)) form.set(name, value);
  form.set("file", new Blob([content], { type: "image/png" }), file);
  const { ok, status } = await fetch(media.upload.url, { method: "POST", body: form });
  if (!ok) throw new Error(`The upload of ${file} failed with status ${status}`);
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const { state, reason } = (await client.getMedia({ params: { mediaId: media.id } })).data;
    if (state === "ready") return media.id;
    if (state === "refused") throw new Error(`${file} was refused: ${reason}`);
    await setTimeout(300);
  }
  throw new Advice(
    `${file} was uploaded but not processed.`,
    "Check the log of the running Daybook, then run this again.",
  );
}
