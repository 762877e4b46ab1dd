import type { MediaUpload, Picture } from "@daybook/core/media/media";
import { pictureWords } from "../../copy/pictures.ts";
import { userApi } from "../session/user-api.ts";
import type { PreparedPicture } from "./prepare-picture.ts";
import { UploadError } from "./upload-error.ts";

const words = pictureWords;

/** Stage of an upload: sending the file, or processing it on the server. */
export type Progress = { readonly stage: "sending"; readonly part: number } | { readonly stage: "preparing" };

/**
 * Time limit for processing. A photo from a phone takes one or two seconds; after 60 s, the upload counts as failed.
 * Milliseconds.
 */
const readyTimeoutMs = 60_000;
const firstLookMs = 300;
const longestLookMs = 3_000;

interface UploadOptions {
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/**
 * Uploads a file and waits until the picture is processed.
 * @throws UploadError, errors of the API client, or the reason of the signal
 */
export async function uploadPicture(
  { content, type }: PreparedPicture,
  { signal, onProgress }: UploadOptions,
): Promise<Picture> {
  const body = { type, bytes: content.size };
  const { data } = await userApi.createMedia({ body }, { signal, idempotencyKey: crypto.randomUUID() });
  await sendFile(content, data.upload, { signal, onProgress });
  onProgress({ stage: "preparing" });
  return untilReady(data.id, signal);
}

/**
 * Posts a file directly to storage, with the form that the API signed. Uses XMLHttpRequest, because `fetch` does not
 * report upload progress.
 */
function sendFile(file: Blob, { url, fields }: MediaUpload["upload"], { signal, onProgress }: UploadOptions) {
  return new Promise<void>((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ lengthComputable, loaded, total }) =>
      lengthComputable && onProgress({ stage: "sending", part: loaded / total });
    const fail = () => reject(new UploadError(words.lost));
    request.onload = () => (request.status < 300 ? resolve() : fail());
    request.onerror = fail;
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    signal.throwIfAborted();
    request.open("POST", url);
    request.send(form);
  });
}

async function untilReady(mediaId: Picture["id"], signal: AbortSignal): Promise<Picture> {
  const until = Date.now() + readyTimeoutMs;
  for (let pauseMs = firstLookMs; Date.now() < until; pauseMs = Math.min(longestLookMs, pauseMs * 1.5)) {
    await pause(pauseMs, signal);
    const { data } = await userApi.getMedia({ params: { mediaId } }, { signal });
    if (data.state === "refused") throw new UploadError(words.refused[data.reason ?? "not-a-picture"]);
    if (data.picture) return data.picture;
  }
  throw new UploadError(words.tooSlow);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
