import { Writable } from "node:stream";

const integrationType = "application/vnd.awslambda.http-integration-response";
const preludeEnd = Buffer.alloc(8);
const streaming = Symbol.for("aws.lambda.runtime.handler.streaming");

/** Response stream of a streaming handler. It collects the response, which is sent when the handler has finished. */
class ResponseStream extends Writable {
  readonly #chunks: Buffer[] = [];
  #contentType = "application/octet-stream";

  setContentType(type: string): void {
    this.#contentType = type;
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
    done();
  }

  /** Returns the response in the format of a handler that does not stream. */
  answer(): unknown {
    const bytes = Buffer.concat(this.#chunks);
    const end = this.#contentType === integrationType ? bytes.indexOf(preludeEnd) : -1;
    if (end === -1) return bytes.toString();
    const prelude: object = JSON.parse(bytes.subarray(0, end).toString());
    const body = bytes.subarray(end + preludeEnd.length).toString("base64");
    return { ...prelude, body, isBase64Encoded: true };
  }
}

type StreamingHandler = (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;

/** The global that streaming handlers use as a wrapper. */
export const awslambda = {
  streamifyResponse: (handler: StreamingHandler) => Object.assign(handler, { [streaming]: "response" }),
  HttpResponseStream: {
    from(stream: ResponseStream, metadata: unknown): ResponseStream {
      stream.setContentType(integrationType);
      stream.write(JSON.stringify(metadata));
      stream.write(preludeEnd);
      return stream;
    },
  },
};

export const isStreaming = (handler: unknown): handler is StreamingHandler =>
  typeof handler === "function" && streaming in handler;

/** Calls a streaming handler and waits until its stream has finished. */
export async function callStreaming(handler: StreamingHandler, event: unknown, context: unknown): Promise<unknown> {
  const stream = new ResponseStream();
  const written = new Promise<void>((resolve, reject) => stream.once("finish", resolve).once("error", reject));
  await Promise.all([handler(event, stream, context), written]);
  return stream.answer();
}
