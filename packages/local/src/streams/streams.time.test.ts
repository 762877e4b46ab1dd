import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { region } from "../test-cloud.ts";
import { developer, dynamo, start } from "./test-mapping.ts";

it("invokes the function within 100 ms of a write (median of five)", async () => {
  let arrive: (at: number) => void = () => {};
  const running = await start({}, () => arrive(performance.now()));
  await running.drained();
  const client = new DynamoDBClient({ endpoint: dynamo.url, region, credentials: developer.credentials });
  const times: number[] = [];
  for (const key of ["a", "b", "c", "d", "e"]) {
    const arrival = new Promise<number>((resolve) => {
      arrive = resolve;
    });
    await client.send(new PutItemCommand({ TableName: "todo", Item: { pk: { S: key }, sk: { S: "x" } } }));
    const written = performance.now();
    times.push((await arrival) - written);
  }
  client.destroy();
  expect(times.toSorted((one, other) => one - other)[2]).toBeLessThan(100);
});
