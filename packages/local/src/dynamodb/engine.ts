import http from "node:http";

export type DynamoApi = "DynamoDB_20120810" | "DynamoDBStreams_20120810";

/** An error that the engine answered with, by the name that AWS gives it. */
export class DynamoError extends Error {
  override readonly name = "DynamoError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** No engine can run here; the message says what to do about it. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";
}

export interface EngineResponse {
  readonly status: number;
  readonly body: Buffer;
}

/** A database that speaks DynamoDB's protocol on a port of 127.0.0.1, without asking who calls. */
export interface DynamoEngine {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  /** How its own ARNs begin, up to the resource: `arn:aws:dynamodb:dynoxide:000000000000:`. */
  readonly arnPrefix: string;
  /** Passes a request on as it is. */
  send(api: DynamoApi, action: string, body: string | Uint8Array): Promise<EngineResponse>;
  /**
   * Calls an operation and gives its answer.
   * @throws DynamoError
   */
  call<Answer = Record<string, unknown>>(action: string, body: object, api?: DynamoApi): Promise<Answer>;
  /** Stops it; resolves when its process is gone. Safe to call twice. */
  close(): Promise<void>;
}

/** The engines ask for a signature and believe any. */
const authorization =
  "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

interface ErrorBody {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

/** The operations speak JSON of shapes that AWS documents; the caller names the one it expects. */
const parse = <Shape>(body: Buffer): Shape => JSON.parse(body.toString()) as Shape;

/** A client of the engine on this port, with connections kept open. */
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
    if (status === 200) return parse<Answer>(body);
    const error = parse<ErrorBody>(body);
    throw new DynamoError(
      error.__type?.split("#").at(-1) ?? "InternalServerError",
      error.message ?? error.Message ?? "",
    );
  };

  return { port, url: `http://127.0.0.1:${port}`, send, call, disconnect: () => agent.destroy() };
}
