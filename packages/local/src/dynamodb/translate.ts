import { ServiceError } from "../iam/protocols.ts";
import type { DynamoBody, Target } from "./request-body.ts";
import { isChange, type StreamRecord } from "./table-streams.ts";

const bareName = (name: string) => (name.startsWith("arn:") ? (name.split("/").at(-1) ?? name) : name);

/** Since 2023 a table may be named by its ARN wherever its name was; the engines know only names. */
function withoutTableArns(body: DynamoBody): DynamoBody {
  const named = <Part extends Target>(part: Part): Part =>
    part.TableName === undefined ? part : { ...part, TableName: bareName(part.TableName) };
  return {
    ...named(body),
    ...(body.TransactItems && {
      TransactItems: body.TransactItems.map((entry) =>
        Object.fromEntries(Object.entries(entry).map(([kind, part]) => [kind, named(part)])),
      ),
    }),
    ...(body.RequestItems && {
      RequestItems: Object.fromEntries(
        Object.entries(body.RequestItems).map(([name, requests]) => [bareName(name), requests]),
      ),
    }),
  };
}

/** AWS's iterators name their stream, and IAM asks for it: `<stream ARN>|1|<the engine's iterator>`. */
export function iteratorParts(iterator: string): { streamArn: string; own: string } {
  // The engine's own may hold the same separator.
  const [, streamArn = "", own] = /^([^|]*)\|[^|]*\|(.*)$/s.exec(iterator) ?? [];
  if (own === undefined) throw new ServiceError(400, "ValidationException", "Invalid ShardIterator.");
  return { streamArn, own };
}

const labelOf = (streamArn: string) => streamArn.split("/stream/")[1] ?? streamArn;

/** Translates between the identities of the graph and those of the engine. */
export function createTranslation(options: {
  readonly region: string;
  readonly account: string;
  readonly enginePrefix: string;
  /** The engine's ARN of a stream, by the graph's. */
  readonly engineArns: ReadonlyMap<string, string>;
  readonly recordOf: (record: StreamRecord, streamArn: string) => StreamRecord;
}) {
  const { region, account, enginePrefix, engineArns, recordOf } = options;
  const prefix = `arn:aws:dynamodb:${region}:${account}:`;
  const toEngine = (arn: string) => engineArns.get(arn) ?? arn.replace(prefix, enginePrefix);

  function toGraph(text: string): string {
    let result = text;
    for (const [graphArn, engineArn] of engineArns) {
      if (!result.includes(engineArn)) continue;
      result = result.replaceAll(engineArn, graphArn).replaceAll(`"${labelOf(engineArn)}"`, `"${labelOf(graphArn)}"`);
    }
    return result.replaceAll(enginePrefix, prefix);
  }

  /** The stream API tells of the service that removed an item in another spelling than Lambda does. */
  function apiRecord(record: StreamRecord, streamArn: string): object {
    const { eventSourceARN: _, userIdentity, ...rest } = recordOf(record, streamArn);
    if (!userIdentity) return rest;
    return { ...rest, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } };
  }

  return {
    /** The request as the engine understands it; the same bytes where there is nothing to translate. */
    request(action: string, body: DynamoBody, raw: Uint8Array): string | Uint8Array {
      if (action === "GetRecords")
        return JSON.stringify({ ...body, ShardIterator: iteratorParts(body.ShardIterator ?? "").own });
      if (body.StreamArn !== undefined) return JSON.stringify({ ...body, StreamArn: toEngine(body.StreamArn) });
      if (body.ResourceArn !== undefined) return JSON.stringify({ ...body, ResourceArn: toEngine(body.ResourceArn) });
      if (!Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).includes("arn:aws:dynamodb:")) return raw;
      return JSON.stringify(withoutTableArns(body));
    },

    /** A successful answer as AWS would give it. Only answers about tables and streams name them. */
    response(action: string, body: DynamoBody, raw: Buffer): string | Buffer {
      if (/Item|Query|Scan|Statement|ExecuteTransaction/.test(action)) return raw;
      if (action === "GetShardIterator") {
        const { ShardIterator }: { ShardIterator?: string } = JSON.parse(raw.toString());
        return JSON.stringify({ ShardIterator: `${body.StreamArn}|1|${ShardIterator}` });
      }
      if (action === "GetRecords") {
        const { streamArn } = iteratorParts(body.ShardIterator ?? "");
        const answer: { Records?: StreamRecord[]; NextShardIterator?: string } = JSON.parse(raw.toString());
        const Records = (answer.Records ?? []).filter(isChange).map((record) => apiRecord(record, streamArn));
        return JSON.stringify({
          Records,
          ...(answer.NextShardIterator && { NextShardIterator: `${streamArn}|1|${answer.NextShardIterator}` }),
        });
      }
      return toGraph(raw.toString());
    },
  };
}

export type Translation = ReturnType<typeof createTranslation>;
