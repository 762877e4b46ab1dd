import { useEffect, useEffectEvent, useRef, useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { userApi } from "../../session/user-api.ts";
import { uploadPlaceholder, uploadsIn, withPicture } from "./picture-references.ts";
import { fileProblem, type Progress, uploadPicture, uploadProblem } from "./upload-picture.ts";
import { rememberPicture } from "./use-pictures.ts";

const words = writingWords.pictures;

/** A running or failed upload into a text. */
export type Upload = { readonly id: string; readonly name: string } & (
  | { readonly state: "going"; readonly progress: Progress }
  | { readonly state: "failed"; readonly problem: string }
);

interface UploadsOptions {
  /** Returns the current text, or undefined while it cannot be edited. */
  text(): string | undefined;
  /** Inserts a text at the cursor. */
  insert(text: string): void;
  /** Replaces the text. */
  change(text: string): void;
}

/**
 * Uploads pictures into a text. Each has a placeholder in the text from the start, which is removed if the upload
 * fails. Example: "one", then `![Uploading cat.png…](upload:5f0c2b1a)`, then `![](media:med_…)`.
 */
export function useUploads({ text, insert, change }: UploadsOptions) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const going = useRef(new Map<string, AbortController>());
  const put = (id: string, picture: string | undefined) => {
    const now = text();
    if (now !== undefined) change(withPicture(now, id, picture));
  };
  const show = (upload: Upload) => setUploads((all) => [...all.filter(({ id }) => id !== upload.id), upload]);
  const dismiss = (id: string) => setUploads((all) => all.filter((upload) => upload.id !== id));

  async function add(file: File) {
    const { name } = file;
    const id = crypto.randomUUID().slice(0, 8);
    const problem = fileProblem(file);
    if (problem !== undefined) return show({ id, name, state: "failed", problem });
    const stop = new AbortController();
    going.current.set(id, stop);
    show({ id, name, state: "going", progress: { stage: "sending", part: 0 } });
    insert(uploadPlaceholder(id, words.uploading(name)));
    try {
      const onProgress = (progress: Progress) => show({ id, name, state: "going", progress });
      const picture = await uploadPicture(file, userApi, { signal: stop.signal, onProgress });
      rememberPicture(picture);
      put(id, picture.id);
      dismiss(id);
    } catch (error) {
      put(id, undefined);
      if (stop.signal.aborted) dismiss(id);
      else show({ id, name, state: "failed", problem: uploadProblem(error) });
    } finally {
      going.current.delete(id);
    }
  }

  /**
   * Removes the placeholders of uploads that an unloaded page has interrupted. Example:
   * `![Uploading cat.png…](upload:5f0c2b1a)` after a reload.
   */
  const removeLost = useEffectEvent(() => {
    for (const lost of uploadsIn(text() ?? "")) if (!going.current.has(lost)) put(lost, undefined);
  });
  const isReady = text() !== undefined;
  useEffect(() => {
    if (isReady) removeLost();
  }, [isReady]);
  useEffect(() => {
    const all = going.current;
    return () => {
      for (const stop of all.values()) stop.abort();
    };
  }, []);

  return {
    uploads,
    add: (files: readonly File[]) => {
      for (const file of files) void add(file);
    },
    cancel: (id: string) => going.current.get(id)?.abort(),
    dismiss,
  };
}
