import type { Picture } from "@daybook/core/media/media";
import { uploadBytes, uploadTypes } from "@daybook/core/media/media.limits";
import { writingWords } from "../../../copy/writing.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import type { UserApi } from "../../session/user-api.ts";
import { FileNotTakenError, sendFile } from "./send-file.ts";

const words = writingWords.pictures;

/** Stage of an upload: sending the file, or processing it on the server. */
export type Progress = { readonly stage: "sending"; readonly part: number } | { readonly stage: "preparing" };

/** A file that cannot become a picture. The message is shown to the user. */
export class PictureRefusedError extends Error {
  override readonly name = "PictureRefusedError";
}

export type MediaApi = Pick<UserApi, "createMedia" | "getMedia">;

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

/**
 * Uploads a file and waits until the picture is processed.
 * @throws PictureRefusedError if the file cannot become a picture or processing takes too long, FileNotTakenError,
 * errors of the API client, or the reason of the signal
 */
export async function uploadPicture(
  file: File,
  api: MediaApi,
  { signal, onProgress }: { readonly signal: AbortSignal; onProgress(progress: Progress): void },
): Promise<Picture> {
  const problem = fileProblem(file);
  if (problem !== undefined || !isUploadType(file.type)) throw new PictureRefusedError(problem ?? words.wrongType);
  const body = { type: file.type, bytes: file.size };
  const { data } = await api.createMedia({ body }, { signal, idempotencyKey: crypto.randomUUID() });
  onProgress({ stage: "sending", part: 0 });
  await sendFile(file, data.upload, { signal, onProgress: (part) => onProgress({ stage: "sending", part }) });
  onProgress({ stage: "preparing" });
  return untilReady(data.id, api, signal);
}

async function untilReady(mediaId: Picture["id"], api: MediaApi, signal: AbortSignal): Promise<Picture> {
  const until = Date.now() + readyTimeoutMs;
  for (let pauseMs = firstLookMs; Date.now() < until; pauseMs = Math.min(longestLookMs, pauseMs * 1.5)) {
    await pause(pauseMs, signal);
    const { data } = await api.getMedia({ params: { mediaId } }, { signal });
    if (data.state === "refused") throw new PictureRefusedError(words.refused[data.reason ?? "not-a-picture"]);
    if (data.picture) return data.picture;
  }
  throw new PictureRefusedError(words.tooSlow);
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

/** Returns the reason of a failed upload in words. */
export function uploadProblem(error: unknown): string {
  if (error instanceof PictureRefusedError) return error.message;
  return error instanceof FileNotTakenError ? words.lost : problemInWords(error);
}
