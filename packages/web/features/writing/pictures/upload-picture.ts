import type { MediaUpload, Picture } from "@daybook/core/media/media";
import { uploadBytes, uploadTypes } from "@daybook/core/media/media.limits";
import { writingWords } from "../../../copy/writing.ts";
import { userApi } from "../../session/user-api.ts";

const words = writingWords.pictures;

/** Stage of an upload: sending the file, or processing it on the server. */
export type Progress = { readonly stage: "sending"; readonly part: number } | { readonly stage: "preparing" };

/**
 * A file that did not become a picture: it was refused, storage did not take it, or processing takes too long. The
 * message is shown to the user.
 */
export class UploadError extends Error {
  override readonly name = "UploadError";
}

/**
 * Time limit for processing. A photo from a phone takes one or two seconds; after 60 s, the upload counts as failed.
 * Milliseconds.
 */
const readyTimeoutMs = 60_000;
const firstLookMs = 300;
const longestLookMs = 3_000;

type UploadType = (typeof uploadTypes)[number];
const isUploadType = (type: string): type is UploadType => uploadTypes.some((known) => known === type);

/**
 * Returns the problem of a file before upload, or undefined if it may be a picture. Example: an empty file is refused.
 */
export function fileProblem({ type, size }: Pick<File, "type" | "size">): string | undefined {
  if (!isUploadType(type)) return words.wrongType;
  if (size === 0) return words.empty;
  return size > uploadBytes ? words.tooLarge(uploadBytes / 1024 / 1024) : undefined;
}

interface UploadOptions {
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/**
 * Uploads a file and waits until the picture is processed.
 * @throws UploadError, errors of the API client, or the reason of the signal
 */
export async function uploadPicture(file: File, { signal, onProgress }: UploadOptions): Promise<Picture> {
  const problem = fileProblem(file);
  if (problem !== undefined || !isUploadType(file.type)) throw new UploadError(problem);
  const body = { type: file.type, bytes: file.size };
  const { data } = await userApi.createMedia({ body }, { signal, idempotencyKey: crypto.randomUUID() });
  await sendFile(file, data.upload, { signal, onProgress });
  onProgress({ stage: "preparing" });
  return untilReady(data.id, signal);
}

/**
 * Posts a file directly to storage, with the form that the API signed. Uses XMLHttpRequest, because `fetch` does not
 * report upload progress.
 */
function sendFile(file: File, { url, fields }: MediaUpload["upload"], { signal, onProgress }: UploadOptions) {
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
