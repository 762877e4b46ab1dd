import { request as httpRequest } from "node:http";
import { type Answer, type CloudEnv, variable } from "../fixtures.ts";

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/**
 * Sends a request without normalizing its path, unlike `fetch`. The body of the result is parsed JSON, or else text.
 */
export function sendRaw(
  env: CloudEnv,
  path: string,
  { method = "GET", headers = {}, body }: RawRequest = {},
): Promise<Answer> {
  const { hostname, port } = new URL(variable(env, "DAYBOOK_URL"));
  return new Promise((resolve, reject) => {
    // Node.js sets no content length for methods that usually have no body, such as DELETE.
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
