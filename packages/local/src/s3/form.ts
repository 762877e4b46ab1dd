import { ServiceError } from "../iam/protocols.ts";

/** A browser's form with a file. */
export interface UploadForm {
  /** The fields before the file, by name in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
  /** The file's name without folders. Empty if the browser sent none. */
  readonly filename: string;
}

/** Maximum size in bytes of the form before the file. */
const mostBefore = 20_480;

const malformed = () =>
  new ServiceError(
    400,
    "MalformedPOSTRequest",
    "The body of your POST request is not well-formed multipart/form-data.",
  );

const invalid = (message: string, name: string) =>
  new ServiceError(400, "InvalidArgument", message, { ArgumentName: name });

/** Returns a parameter of a header: `name="file"` or `name=file`. */
const parameter = (header: string, name: string): string | undefined => {
  const [, quoted, bare] = new RegExp(`;\\s*${name}=(?:"((?:\\\\.|[^"\\\\])*)"|([^;\\s]+))`, "i").exec(header) ?? [];
  return quoted?.replace(/\\(.)/g, "$1").replaceAll("%22", '"') ?? bare;
};

function* partsOf(body: Buffer, boundary: string) {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const first = delimiter.subarray(2);
  if (!body.subarray(0, first.length).equals(first)) throw malformed();
  let at = first.length;
  while (body.toString("latin1", at, at + 2) === "\r\n") {
    const head = body.indexOf("\r\n\r\n", at);
    const end = head < 0 ? -1 : body.indexOf(delimiter, head + 2);
    if (end < 0) throw malformed();
    const disposition = /^content-disposition:\s*form-data(;.*)$/im.exec(body.toString("utf8", at, head))?.[1] ?? "";
    yield { at, disposition, content: body.subarray(head + 4, Math.max(end, head + 4)) };
    at = end + delimiter.length;
  }
  if (body.toString("latin1", at, at + 2) !== "--") throw malformed();
}

/**
 * Parses a form. Fields after the file are ignored, as by S3.
 * @throws ServiceError `MalformedPOSTRequest`, `InvalidArgument`, `MaxPostPreDataLengthExceededError`
 */
export function formOf(contentType: string, sent: Uint8Array): UploadForm {
  const boundary = parameter(contentType, "boundary");
  if (boundary === undefined) throw malformed();
  const fields = new Map<string, string>();
  for (const { at, disposition, content } of partsOf(
    Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength),
    boundary,
  )) {
    const name = parameter(disposition, "name")?.toLowerCase();
    if (name === undefined) throw malformed();
    if (at > mostBefore)
      throw new ServiceError(
        400,
        "MaxPostPreDataLengthExceededError",
        "Your POST request fields preceding the upload file were too large.",
        { MaxPostPreDataLengthBytes: mostBefore },
      );
    if (name === "file") {
      const filename = parameter(disposition, "filename") ?? "";
      return { fields, file: content, filename: filename.split(/[\\/]/).at(-1) ?? "" };
    }
    if (fields.has(name)) throw invalid(`POST requires exactly one value for the field ${name}.`, name);
    fields.set(name, content.toString());
  }
  throw invalid("POST requires exactly one file upload per request.", "file");
}
