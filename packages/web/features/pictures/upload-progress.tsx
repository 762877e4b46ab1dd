import { pictureWords } from "../../copy/pictures.ts";
import type { Progress } from "./upload-picture.ts";

const words = pictureWords;

/** @param props.name of what is uploaded, for screen readers */
export const UploadProgress = ({ name, progress }: { name: string; progress: Progress }) =>
  progress.stage === "preparing" ? (
    <p className="text-muted">{words.preparing}</p>
  ) : (
    <progress
      aria-label={words.progress(name)}
      max={1}
      value={progress.part}
      className="h-1.5 w-32 overflow-hidden rounded-sm bg-wash accent-accent"
    />
  );
