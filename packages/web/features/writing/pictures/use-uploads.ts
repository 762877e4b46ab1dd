import type { MediaId } from "@daybook/core/ids";
import { useEffect, useRef, useState } from "react";
import { problemInWords } from "../../../lib/problem-words.ts";
import { fileProblem, type Progress, UploadError, uploadPicture } from "./upload-picture.ts";
import { rememberPicture } from "./use-pictures.ts";

/** A running or failed upload. */
export type Upload = { readonly id: string; readonly name: string } & (
  | { readonly state: "going"; readonly progress: Progress }
  | { readonly state: "failed"; readonly problem: string }
);

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

  async function add(file: File) {
    const upload = { id: crypto.randomUUID().slice(0, 8), name: file.name };
    const problem = fileProblem(file);
    if (problem !== undefined) return show({ ...upload, state: "failed", problem });
    const onProgress = (progress: Progress) => show({ ...upload, state: "going", progress });
    const stop = new AbortController();
    going.current.set(upload.id, stop);
    onProgress({ stage: "sending", part: 0 });
    onStart?.(upload);
    try {
      const picture = await uploadPicture(file, { signal: stop.signal, onProgress });
      rememberPicture(picture);
      onEnd(upload.id, picture.id);
      remove(upload.id);
    } catch (error) {
      onEnd(upload.id, undefined);
      const why = error instanceof UploadError ? error.message : problemInWords(error);
      if (stop.signal.aborted) remove(upload.id);
      else show({ ...upload, state: "failed", problem: why });
    } finally {
      going.current.delete(upload.id);
    }
  }

  return {
    uploads,
    add: (files: readonly File[]) => {
      for (const file of files) void add(file);
    },
    isGoing: (id: string) => going.current.has(id),
    remove,
  };
}
