import type { MediaId } from "@daybook/core/ids";
import { uploadTypes } from "@daybook/core/media/media.limits";
import clsx from "clsx";
import { useEffect, useId, useRef, useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Picture } from "../../../lib/ui/picture.tsx";
import { userApi } from "../../session/user-api.ts";
import { fileProblem, type Progress, uploadPicture, uploadProblem } from "./upload-picture.ts";
import { rememberPicture, usePicture } from "./use-pictures.ts";

const words = writingWords.pictures;

interface PictureFieldProps {
  readonly label: string;
  readonly mediaId: MediaId | null;
  /** Labels of its buttons. */
  readonly choose: string;
  readonly remove: string;
  /** Shows the picture in a circle, for an avatar. */
  readonly round?: boolean;
  onChange(mediaId: MediaId | null): void;
}

/** Field for one picture, chosen from a file. */
export function PictureField({ label, mediaId, choose, remove, round = false, onChange }: PictureFieldProps) {
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const picture = usePicture(mediaId);
  const { progress, problem, upload } = useUpload((media) => onChange(media));
  return (
    <fieldset aria-describedby={problem ? `${id}-problem` : undefined}>
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="flex flex-wrap items-center gap-3">
        {picture && (
          <div
            className={clsx(
              "shrink-0 overflow-hidden border border-rule",
              round ? "size-16 rounded-full [&_img]:size-full [&_img]:object-cover" : "w-32 rounded-md",
            )}
          >
            <Picture picture={picture} alt="" sizes={round ? "4rem" : "8rem"} />
          </div>
        )}
        <Button aria-disabled={progress !== undefined} onClick={() => progress ?? picker.current?.click()}>
          {choose}
        </Button>
        {mediaId !== null && (
          <Button look="quiet" onClick={() => onChange(null)}>
            {remove}
          </Button>
        )}
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={label}
          accept={uploadTypes.join()}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) void upload(file);
            currentTarget.value = "";
          }}
        />
      </div>
      <div role="status" className="text-sm not-empty:mt-2">
        {progress?.stage === "sending" && (
          <progress
            aria-label={words.progress(label)}
            max={1}
            value={progress.part}
            className="h-1.5 w-32 accent-accent"
          />
        )}
        {progress?.stage === "preparing" && <p className="text-muted">{words.preparing}</p>}
        {problem && (
          <p id={`${id}-problem`} className="font-medium text-danger">
            {problem}
          </p>
        )}
      </div>
    </fieldset>
  );
}

/** Uploads one picture at a time. Unmounting the field cancels the upload: closing the dialog at 40 % sends no more. */
function useUpload(onReady: (mediaId: MediaId) => void) {
  const [progress, setProgress] = useState<Progress>();
  const [problem, setProblem] = useState<string>();
  const stop = useRef(new AbortController());
  useEffect(() => {
    stop.current = new AbortController();
    return () => stop.current.abort();
  }, []);

  async function upload(file: File) {
    const { signal } = stop.current;
    const wrong = fileProblem(file);
    setProblem(wrong);
    if (wrong !== undefined) return;
    setProgress({ stage: "sending", part: 0 });
    try {
      const picture = await uploadPicture(file, userApi, { signal, onProgress: setProgress });
      rememberPicture(picture);
      onReady(picture.id);
    } catch (error) {
      if (!signal.aborted) setProblem(uploadProblem(error));
    } finally {
      setProgress(undefined);
    }
  }
  return { progress, problem, upload };
}
