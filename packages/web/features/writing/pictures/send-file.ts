import type { MediaUpload } from "@daybook/core/media/media";

/** The storage did not take a file; the connection broke, or the form has expired. */
export class FileNotTakenError extends Error {
  override readonly name = "FileNotTakenError";
}

interface SendOptions {
  readonly signal: AbortSignal;
  /** @param part from 0 to 1 */
  onProgress(part: number): void;
}

/**
 * Posts a file straight to storage, with the form that the API has signed. `fetch` could not say how far it is.
 * @throws FileNotTakenError, and the signal's reason
 */
export function sendFile(file: File, { url, fields }: MediaUpload["upload"], options: SendOptions): Promise<void> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onProgress(loaded / total);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new FileNotTakenError(`The storage answered ${request.status}`));
    request.onerror = () => reject(new FileNotTakenError("The storage cannot be reached"));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    signal.throwIfAborted();
    request.open("POST", url);
    request.send(form);
  });
}
