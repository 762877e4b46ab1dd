import { request as httpRequest } from "node:http";
import { type Answer, type CloudEnv, variable } from "../fixtures.ts";

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Sends a request with its path as it is: `fetch` would tidy it up. The body of the answer is text, or what its JSON says. */
export function sendRaw(
  env: CloudEnv,
  path: string,
  { method = "GET", headers = {}, body }: RawRequest = {},
): Promise<Answer> {
  const { hostname, port } = new URL(variable(env, "DAYBOOK_URL"));
  return new Promise((resolve, reject) => {
    // Node frames a body by itself only where it expects one: not in a DELETE.
    const framed = body === undefined ? headers : { ...headers, "content-length": String(Buffer.byteLength(body)) };
    const request = httpRequest({ hostname, port, path, method, headers: framed }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        const entries = Object.entries(response.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        const isJson = /[/+]json/.test(response.headers["content-type"] ?? "") && text !== "";
        const answer = { status: response.statusCode ?? 0, headers: new Headers(entries) };
        resolve({ ...answer, body: isJson ? JSON.parse(text) : text });
      });
    });
    request.on("error", reject).end(body);
  });
}
