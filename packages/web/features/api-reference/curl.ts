import type { Route } from "@daybook/core/contract/operation";
import type { Body } from "./reference.ts";

/** The shell variable for a parameter: `listId` → `LIST_ID`. */
const variable = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The file in which curl keeps the session cookie between requests. */
export const cookieJar = "cookies.txt";

/**
 * Returns a curl command that calls an operation on a local cloud. It uses shell variables for the URL (from
 * `aws.env`), the token and the ids in the path: `$DAYBOOK_URL`, `$TOKEN`, `$LIST_ID`.
 */
export function curlOf({ method, path, access }: Route, body?: Pick<Body, "mediaTypes" | "example">): string {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${variable(name)}`);
  const signsIn = method === "POST" && path === "/v1/session";
  const parts = [
    `curl ${method === "GET" || (method === "POST" && body) ? "" : `-X ${method} `}"$DAYBOOK_URL${url}"`,
    ...(access === "user" ? ['-H "authorization: Bearer $TOKEN"'] : []),
    ...(access === "session" ? ['-H "origin: $DAYBOOK_URL"', `-b ${cookieJar}`] : []),
    ...(access === "session" || signsIn ? [`-c ${cookieJar}`] : []),
    ...(body ? [`-H "content-type: ${body.mediaTypes[0]}"`, `-d ${quoted(JSON.stringify(body.example))}`] : []),
  ];
  return parts.join(" \\\n  ");
}
