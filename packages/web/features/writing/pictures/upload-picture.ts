import type { Picture } from "@daybook/core/media/media";
import { uploadBytes, uploadTypes } from "@daybook/core/media/media.limits";
import { writingWords } from "../../../copy/writing.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import type { UserApi } from "../../session/user-api.ts";
import { FileNotTakenError, sendFile } from "./send-file.ts";

const words = writingWords.pictures;

/** How far an upload is: on its way, or being made ready for readers. */
export type Progress = { readonly stage: "sending"; readonly part: number } | { readonly stage: "preparing" };

/** A file that cannot become a picture; its message is for the person who chose it. */
export class PictureRefusedError extends Error {
  override readonly name = "PictureRefusedError";
}

export type MediaApi = Pick<UserApi, "createMedia" | "getMedia">;

/** Pictures of a phone are ready within a second or two; what takes longer than a minute has failed. */
const readyTimeoutMs = 60_000;
const firstLookMs = 300;
const longestLookMs = 3_000;

type UploadType = (typeof uploadTypes)[number];
const isUploadType = (type: string): type is UploadType => uploadTypes.some((known) => known === type);

/** What is wrong with a file before anything of it was sent; nothing if it may be a picture. */
export function fileProblem({ type, size }: Pick<File, "type" | "size">): string | undefined {
  if (!isUploadType(type)) return words.wrongType;
  if (size === 0) return words.empty;
  return size > uploadBytes ? words.tooLarge(uploadBytes / 1024 / 1024) : undefined;
}

/**
 * Sends a file, and waits until it is a picture that readers can be shown.
 * @throws PictureRefusedError when it will never be one, what the API's client throws, FileNotTakenError, the signal's reason
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

/** Why an upload failed, in words. */
export function uploadProblem(error: unknown): string {
  if (error instanceof PictureRefusedError) return error.message;
  return error instanceof FileNotTakenError ? words.lost : problemInWords(error);
}
