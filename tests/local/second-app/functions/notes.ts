import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { Resource } from "sst";

export const database = new DynamoDBClient();

/** Returns the item with one note about a parcel. */
export const note = (id: string, part: string, text: string) => ({
  id: { S: id },
  part: { S: part },
  text: { S: text },
});

export async function write(id: string, part: string, text: string): Promise<void> {
  await database.send(new PutItemCommand({ TableName: Resource.Parcels.name, Item: note(id, part, text) }));
}
