import type { DynamoEngine } from "@daybook/local/dynamodb/engine/engine";
import * as z from "zod";

const Consumed = z.object({ CapacityUnits: z.number() });
const Answer = z.object({ ConsumedCapacity: z.union([Consumed, z.array(Consumed)]).optional() });
const Items = z.object({ Items: z.array(z.record(z.string(), z.unknown())) });

const reads = new Set(["GetItem", "BatchGetItem", "Query", "TransactGetItems"]);
const writes = new Set(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"]);

/** Adds up the capacity that the database reports for each request. */
export function watchCapacity(engine: DynamoEngine) {
  const send = engine.send.bind(engine);
  let [readUnits, writeUnits] = [0, 0];
  const sendAndCount: DynamoEngine["send"] = async (api, action, body) => {
    if (!reads.has(action) && !writes.has(action)) return send(api, action, body);
    const asked = { ...JSON.parse(Buffer.from(body).toString()), ReturnConsumedCapacity: "TOTAL" };
    const answer = await send(api, action, JSON.stringify(asked));
    if (answer.status !== 200) return answer;
    const consumed = [Answer.parse(JSON.parse(answer.body.toString())).ConsumedCapacity ?? []].flat();
    const units = consumed.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    if (reads.has(action)) readUnits += units;
    else writeUnits += units;
    return answer;
  };
  // The front uses this object, so it sees every request of the functions.
  Object.assign(engine, { send: sendAndCount });
  return {
    soFar: () => ({ readUnits, writeUnits }),
    /**
     * Returns the bytes of all tables without indexes, measured as the JSON of their items. This is slightly more than
     * DynamoDB counts.
     */
    async storedBytes(): Promise<number> {
      const { TableNames } = z.object({ TableNames: z.array(z.string()) }).parse(await engine.call("ListTables", {}));
      const tables = TableNames.map(async (TableName) => {
        const { Items: items } = Items.parse(await engine.call("Scan", { TableName }));
        return JSON.stringify(items).length;
      });
      return (await Promise.all(tables)).reduce((sum, bytes) => sum + bytes, 0);
    },
  };
}
