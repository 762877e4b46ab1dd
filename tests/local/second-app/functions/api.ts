import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { APIGatewayProxyHandlerV2 } from "aws-lambda";
import { Resource } from "sst";
import { database, note } from "./notes.ts";

const queues = new SQSClient();
const topics = new SNSClient();

export const receive: APIGatewayProxyHandlerV2 = async ({ body }) => {
  const { id, speed } = JSON.parse(body ?? "{}");
  await database.send(new PutItemCommand({ TableName: Resource.Parcels.name, Item: note(id, "parcel", speed) }));
  await queues.send(new SendMessageCommand({ QueueUrl: Resource.Labels.url, MessageBody: id }));
  const MessageAttributes = { speed: { DataType: "String", StringValue: speed } };
  await topics.send(new PublishCommand({ TopicArn: Resource.News.arn, Message: id, MessageAttributes }));
  return { statusCode: 201, body: JSON.stringify({ id, depot: Resource.Settings.depot }) };
};

export const track: APIGatewayProxyHandlerV2 = async ({ pathParameters }) => {
  const Key = { id: { S: pathParameters?.id ?? "" }, part: { S: "parcel" } };
  const { Item } = await database.send(new GetItemCommand({ TableName: Resource.Parcels.name, Key }));
  return Item ? { id: Item.id?.S, speed: Item.text?.S } : { statusCode: 404, body: "There is no such parcel." };
};

/** Handles every path without a route. */
export const nothing: APIGatewayProxyHandlerV2 = async () => ({ statusCode: 404, body: "There is no such page." });

export const status: APIGatewayProxyHandlerV2<{ depot: string; stage: string }> = async () => ({
  depot: Resource.Settings.depot,
  stage: Resource.App.stage,
});
