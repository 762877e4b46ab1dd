/** The shell variable for a parameter: `listId` → `LIST_ID`. */
const variable = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The parts of an operation that determine its request. */
export interface RequestOf {
  readonly method: string;
  readonly path: string;
  readonly access: "public" | "session" | "user";
  /** The media type and an example of the body. */
  readonly body?: { readonly mediaType: string; readonly example: unknown };
}

/** The file in which curl keeps the session cookie between requests. */
export const cookieJar = "cookies.txt";

/**
 * Returns a curl command that calls an operation on a local cloud. It uses shell variables for the URL (from
 * `aws.env`), the token and the ids in the path: `$DAYBOOK_URL`, `$TOKEN`, `$LIST_ID`.
 */
export function curlOf({ method, path, access, body }: RequestOf): string {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${variable(name)}`);
  const signsIn = method === "POST" && path === "/v1/session";
  const parts = [
    `curl ${method === "GET" || (method === "POST" && body) ? "" : `-X ${method} `}"$DAYBOOK_URL${url}"`,
    ...(access === "user" ? ['-H "authorization: Bearer $TOKEN"'] : []),
    ...(access === "session" ? ['-H "origin: $DAYBOOK_URL"', `-b ${cookieJar}`] : []),
    ...(access === "session" || signsIn ? [`-c ${cookieJar}`] : []),
    ...(body ? [`-H "content-type: ${body.mediaType}"`, `-d ${quoted(JSON.stringify(body.example))}`] : []),
  ];
  return parts.join(" \\\n  ");
}
