import { useEffect, useEffectEvent } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { useUploads } from "../../pictures/use-uploads.ts";
import type { OpenDraft } from "../drafts/open-draft.ts";
import { uploadPlaceholder, uploadsIn, withPicture } from "./picture-references.ts";

/**
 * Uploads pictures into the text of a post. Each has a placeholder in the text from the start, which is removed if the
 * upload fails. Example: "one", then `![Uploading cat.png…](upload:5f0c2b1a)`, then `![](media:med_…)`.
 * @param insert inserts a text at the cursor
 */
export function useTextUploads(openDraft: OpenDraft, insert: (text: string) => void): ReturnType<typeof useUploads> {
  const body = () => openDraft.view().localDraft?.draft.body ?? "";
  const put = (upload: string, mediaId: string | undefined) =>
    openDraft.edit({ body: withPicture(body(), upload, mediaId) });
  const uploads = useUploads({
    onStart: ({ id, name }) => insert(uploadPlaceholder(id, writingWords.pictures.uploading(name))),
    onEnd: put,
  });

  /**
   * Removes the placeholders of uploads that an unloaded page has interrupted. Example:
   * `![Uploading cat.png…](upload:5f0c2b1a)` after a reload.
   */
  const removeLost = useEffectEvent(() => {
    for (const lost of uploadsIn(body())) if (!uploads.isGoing(lost)) put(lost, undefined);
  });
  const mayEdit = openDraft.view().role === "writing";
  useEffect(() => {
    if (mayEdit) removeLost();
  }, [mayEdit]);
  return uploads;
}
