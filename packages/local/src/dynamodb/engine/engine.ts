import http from "node:http";
import { parseAs } from "../../json.ts";

export type DynamoApi = "DynamoDB_20120810" | "DynamoDBStreams_20120810";

/** An error response of the engine. `code` is AWS's error name. */
export class DynamoError extends Error {
  override readonly name = "DynamoError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** No engine can run on this machine. The message says how to fix that. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";
}

export interface EngineResponse {
  readonly status: number;
  readonly body: Buffer;
}

/** A database that implements DynamoDB's protocol on a port of 127.0.0.1, without authentication. */
export interface DynamoEngine {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  /** Prefix of the engine's own ARNs, up to the resource: `arn:aws:dynamodb:dynoxide:000000000000:`. */
  readonly arnPrefix: string;
  /** Sends a request without changing it. */
  send(api: DynamoApi, action: string, body: string | Uint8Array): Promise<EngineResponse>;
  /**
   * Calls an operation and returns its response.
   * @throws DynamoError
   */
  call<Answer = Record<string, unknown>>(action: string, body: object, api?: DynamoApi): Promise<Answer>;
  /** Stops the engine. Resolves when its process has exited. Safe to call twice. */
  close(): Promise<void>;
}

/** The engines require a signature but accept any. */
const authorization =
  "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

interface ErrorBody {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

/** Creates a client of the engine on this port, with keep-alive connections. */
export function connect(port: number): Pick<DynamoEngine, "port" | "url" | "send" | "call"> & { disconnect(): void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

  const send: DynamoEngine["send"] = (api, action, body) =>
    new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/x-amz-json-1.0",
        "content-length": Buffer.byteLength(body),
        "x-amz-target": `${api}.${action}`,
        "x-amz-date": "20260101T000000Z",
        authorization,
      };
      const request = http.request(
        { host: "127.0.0.1", port, agent, method: "POST", path: "/", headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => resolve({ status: response.statusCode ?? 500, body: Buffer.concat(chunks) }));
        },
      );
      request.on("error", reject);
      request.end(body);
    });

  const call: DynamoEngine["call"] = async <Answer>(
    action: string,
    input: object,
    api: DynamoApi = "DynamoDB_20120810",
  ) => {
    const { status, body } = await send(api, action, JSON.stringify(input));
    if (status === 200) return parseAs<Answer>(body.toString());
    const error = parseAs<ErrorBody>(body.toString());
    throw new DynamoError(
      error.__type?.split("#").at(-1) ?? "InternalServerError",
      error.message ?? error.Message ?? "",
    );
  };

  return { port, url: `http://127.0.0.1:${port}`, send, call, disconnect: () => agent.destroy() };
}
