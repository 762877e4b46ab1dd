import type { MediaId } from "@daybook/core/ids";
import { useEffect, useRef, useState } from "react";
import { problemInWords } from "../../lib/problem-words.ts";
import { type PreparedPicture, preparePicture } from "./prepare-picture.ts";
import { UploadError } from "./upload-error.ts";
import { type Progress, uploadPicture } from "./upload-picture.ts";
import { rememberPicture } from "./use-pictures.ts";

/** A running or failed upload, or one whose picture differs from the file. */
export type Upload = { readonly id: string; readonly name: string } & (
  | { readonly state: "going"; readonly progress: Progress }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "still" }
);

type Named = Pick<Upload, "id" | "name">;

interface UploadEvents {
  /** Called when a file that may be a picture starts to upload. */
  onStart?(upload: { readonly id: string; readonly name: string }): void;
  /** @param mediaId undefined if the upload failed or was canceled */
  onEnd(upload: string, mediaId: MediaId | undefined): void;
}

/** Uploads pictures. Unmounting cancels the uploads: closing a dialog at 40 % sends no more. */
export function useUploads({ onStart, onEnd }: UploadEvents) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const going = useRef(new Map<string, AbortController>());
  const show = (upload: Upload) => setUploads((all) => [...all.filter(({ id }) => id !== upload.id), upload]);
  /** Cancels the upload if it is running, and no longer shows it. */
  const remove = (id: string) => {
    going.current.get(id)?.abort();
    setUploads((all) => all.filter((upload) => upload.id !== id));
  };
  useEffect(() => {
    const all = going.current;
    return () => {
      for (const stop of all.values()) stop.abort();
    };
  }, []);

  /** Adds a file. Resolves when its upload has started, or when it is refused. */
  async function add(file: File): Promise<void> {
    const upload = { id: crypto.randomUUID().slice(0, 8), name: file.name };
    const stop = new AbortController();
    going.current.set(upload.id, stop);
    show({ ...upload, state: "going", progress: { stage: "preparing" } });
    try {
      const prepared = await preparePicture(file);
      stop.signal.throwIfAborted();
      onStart?.(upload);
      void send(upload, prepared, stop.signal);
    } catch (error) {
      fail(upload, error, stop.signal);
    }
  }

  async function send(upload: Named, prepared: PreparedPicture, signal: AbortSignal) {
    const onProgress = (progress: Progress) => show({ ...upload, state: "going", progress });
    onProgress({ stage: "sending", part: 0 });
    try {
      const picture = await uploadPicture(prepared, { signal, onProgress });
      rememberPicture(picture);
      onEnd(upload.id, picture.id);
      if (prepared.animated) show({ ...upload, state: "still" });
      else remove(upload.id);
      going.current.delete(upload.id);
    } catch (error) {
      onEnd(upload.id, undefined);
      fail(upload, error, signal);
    }
  }

  function fail(upload: Named, error: unknown, signal: AbortSignal) {
    going.current.delete(upload.id);
    const problem = error instanceof UploadError ? error.message : problemInWords(error);
    if (signal.aborted) remove(upload.id);
    else show({ ...upload, state: "failed", problem });
  }

  return {
    uploads,
    /** Prepares the files one after the other, which keeps their order and bounds the memory. */
    add: async (files: readonly File[]) => {
      for (const file of files) await add(file);
    },
    isGoing: (id: string) => going.current.has(id),
    remove,
  };
}
