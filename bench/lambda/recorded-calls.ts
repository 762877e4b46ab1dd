import { createServer, type IncomingMessage } from "node:http";
import { listen } from "@daybook/local/http";

/** A call of a function to DynamoDB or SES, in the format of its wire protocol. */
export interface Call {
  /** Such as `TransactWriteItems`. */
  readonly operation: string;
  readonly input: object;
}

/** The calls of one event. The calls of an inner list ran at the same time. */
export type Calls = readonly (readonly Call[])[];

interface TimedCall extends Call {
  readonly start: number;
  end: number;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await Array.fromAsync(request)).toString();
}

/** Groups calls that overlap in time. */
function inGroups(calls: readonly TimedCall[]): Calls {
  const groups: TimedCall[][] = [];
  for (const call of calls) {
    const last = groups.at(-1);
    if (last?.some(({ end }) => call.start < end)) last.push(call);
    else groups.push([call]);
  }
  return groups.map((group) => group.map(({ operation, input }) => ({ operation, input })));
}

/** Starts an endpoint that passes all calls on, accepts all mail, and keeps what was sent. */
export async function startRecorder(dynamodb: string) {
  let calls: TimedCall[] = [];
  const server = createServer(async (request, response) => {
    const start = performance.now();
    const body = await bodyOf(request);
    const operation = request.headers["x-amz-target"]?.toString().split(".")[1] ?? "SendEmail";
    const call: TimedCall = { operation, input: JSON.parse(body), start, end: Number.POSITIVE_INFINITY };
    calls.push(call);
    const answer =
      operation === "SendEmail"
        ? Response.json({ MessageId: "bench" })
        : await fetch(dynamodb, {
            method: "POST",
            body,
            headers: {
              "content-type": "application/x-amz-json-1.0",
              "x-amz-target": `DynamoDB_20120810.${operation}`,
              authorization: request.headers.authorization ?? "",
              "x-amz-date": request.headers["x-amz-date"]?.toString() ?? "",
            },
          });
    const text = await answer.text();
    call.end = performance.now();
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(text);
  });
  const { port, close } = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    close,
    /** Returns the calls since the last time. */
    take(): Calls {
      const taken = inGroups(calls);
      calls = [];
      return taken;
    },
  };
}
