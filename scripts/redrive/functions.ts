import { readFileSync } from "node:fs";
import path from "node:path";
import { InvokeCommand, type LambdaClient, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { compileFilter } from "@daybook/local/streams/filter";
import * as z from "zod";
import { root } from "../lib/command.ts";

/** A function that failed again on redrive. */
export class FailedAgainError extends Error {
  override readonly name = "FailedAgainError";
}

const Filters = z.array(z.unknown());
const Graph = z.object({
  resources: z.object({
    "aws:lambda:EventSourceMapping": z.record(
      z.string(),
      z.object({
        functionName: z.string(),
        eventSourceArn: z.string(),
        filterCriteria: z.object({ filters: z.array(z.object({ pattern: z.unknown() })) }).optional(),
      }),
    ),
  }),
});

/**
 * Reads the filter patterns from this repository's graph, because the local cloud's Lambda cannot list mappings and
 * boots from that graph.
 */
function committedPatterns(functionArn: string): unknown[] {
  const file = path.join(root, "infra/graph.local.json");
  const { resources } = Graph.parse(JSON.parse(readFileSync(file, "utf8")));
  const mappings = Object.values(resources["aws:lambda:EventSourceMapping"]).filter(
    ({ functionName, eventSourceArn }) => {
      const [, name] = /^\$\{(\w+)\.arn\}$/.exec(functionName) ?? [];
      return eventSourceArn.endsWith(".streamArn}") && functionArn.endsWith(`-${name}`);
    },
  );
  return mappings.flatMap(({ filterCriteria }) => filterCriteria?.filters.map(({ pattern }) => pattern) ?? []);
}

/** Returns a function that tests whether a stream record passes one of the filters of the function's mapping. */
export async function wantedBy(
  lambda: LambdaClient,
  functionArn: string,
  streamArn: string,
): Promise<(record: unknown) => boolean> {
  const command = new ListEventSourceMappingsCommand({ FunctionName: functionArn, EventSourceArn: streamArn });
  const patterns = await lambda.send(command).then(
    ({ EventSourceMappings = [] }) =>
      Filters.parse(
        EventSourceMappings.flatMap(({ FilterCriteria }) => FilterCriteria?.Filters ?? []).map(
          (filter) => filter.Pattern,
        ),
      ),
    (error: unknown) => {
      if (error instanceof Error && error.name === "UnknownOperationException") return committedPatterns(functionArn);
      throw error;
    },
  );
  const filters = patterns.map((pattern) => compileFilter(pattern));
  return (record) => filters.length === 0 || filters.some((fits) => fits(record));
}

const Partial = z.object({ batchItemFailures: z.array(z.unknown()) });

/**
 * Invokes a function with records of a stream and waits for its response.
 * @throws FailedAgainError if the invocation fails or reports a failed record
 */
export async function handAgain(lambda: LambdaClient, functionArn: string, records: readonly unknown[]): Promise<void> {
  const Payload = JSON.stringify({ Records: records });
  const answer = await lambda.send(new InvokeCommand({ FunctionName: functionArn, Payload }));
  const said: unknown = JSON.parse(Buffer.from(answer.Payload ?? "null").toString() || "null");
  if (answer.FunctionError !== undefined)
    throw new FailedAgainError(`The function failed again: ${JSON.stringify(said)}`);
  const failures = Partial.safeParse(said).data?.batchItemFailures ?? [];
  if (failures.length > 0) throw new FailedAgainError(`${failures.length} of ${records.length} records failed again`);
}

/** Invokes a function asynchronously. Its retries and its destination apply as before. */
export async function inviteAgain(lambda: LambdaClient, functionArn: string, event: unknown): Promise<void> {
  const Payload = JSON.stringify(event);
  await lambda.send(new InvokeCommand({ FunctionName: functionArn, InvocationType: "Event", Payload }));
}
