import { ServiceError } from "../iam/protocols.ts";
import type { DynamoBody, Target } from "./request-body.ts";
import { isChange, type StreamRecord } from "./table-streams.ts";

const bareName = (name: string) => (name.startsWith("arn:") ? (name.split("/").at(-1) ?? name) : name);

/**
 * Replaces table ARNs with table names. Since 2023, requests can name a table by its ARN, but the engines accept only
 * names.
 */
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

/**
 * Splits a shard iterator: `<stream ARN>|1|<the engine's iterator>`. As on AWS, an iterator contains its stream, which
 * IAM needs to authorize the request.
 */
export function iteratorParts(iterator: string): { streamArn: string; own: string } {
  // The engine's iterator can contain the same separator.
  const [, streamArn = "", own] = /^([^|]*)\|[^|]*\|(.*)$/s.exec(iterator) ?? [];
  if (own === undefined) throw new ServiceError(400, "ValidationException", "Invalid ShardIterator.");
  return { streamArn, own };
}

const labelOf = (streamArn: string) => streamArn.split("/stream/")[1] ?? streamArn;

/** Translates between the graph's ARNs and the engine's. */
export function createTranslation(options: {
  readonly region: string;
  readonly account: string;
  readonly enginePrefix: string;
  /** The engine's stream ARNs by the graph's stream ARNs. */
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

  /**
   * Converts a record to the stream API's format, which spells the members of `userIdentity` differently from Lambda.
   */
  function apiRecord(record: StreamRecord, streamArn: string): object {
    const { eventSourceARN: _, userIdentity, ...rest } = recordOf(record, streamArn);
    if (!userIdentity) return rest;
    return { ...rest, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } };
  }

  return {
    /** Translates a request for the engine. Returns the same bytes if there is nothing to translate. */
    request(action: string, body: DynamoBody, raw: Uint8Array): string | Uint8Array {
      if (action === "GetRecords")
        return JSON.stringify({ ...body, ShardIterator: iteratorParts(body.ShardIterator ?? "").own });
      if (body.StreamArn !== undefined) return JSON.stringify({ ...body, StreamArn: toEngine(body.StreamArn) });
      if (body.ResourceArn !== undefined) return JSON.stringify({ ...body, ResourceArn: toEngine(body.ResourceArn) });
      if (!Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).includes("arn:aws:dynamodb:")) return raw;
      return JSON.stringify(withoutTableArns(body));
    },

    /** Translates a successful response. Only responses about tables and streams contain ARNs. */
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
