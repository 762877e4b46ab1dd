import { useEffect, useEffectEvent } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { uploadPlaceholder, uploadsIn, withPicture } from "./picture-references.ts";
import { useUploads } from "./use-uploads.ts";

interface UploadText {
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
export function useTextUploads({ text, insert, change }: UploadText): ReturnType<typeof useUploads> {
  const put = (upload: string, mediaId: string | undefined) => {
    const now = text();
    if (now !== undefined) change(withPicture(now, upload, mediaId));
  };
  const uploads = useUploads({
    onStart: ({ id, name }) => insert(uploadPlaceholder(id, writingWords.pictures.uploading(name))),
    onEnd: put,
  });

  /**
   * Removes the placeholders of uploads that an unloaded page has interrupted. Example:
   * `![Uploading cat.png…](upload:5f0c2b1a)` after a reload.
   */
  const removeLost = useEffectEvent(() => {
    for (const lost of uploadsIn(text() ?? "")) if (!uploads.isGoing(lost)) put(lost, undefined);
  });
  const isReady = text() !== undefined;
  useEffect(() => {
    if (isReady) removeLost();
  }, [isReady]);
  return uploads;
}
