import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { DynamoDBStreamHandler, S3Handler, SQSHandler } from "aws-lambda";
import { Resource } from "sst";
import { write } from "./notes.ts";

const files = new S3Client();

export const book: DynamoDBStreamHandler = async ({ Records }) => {
  for (const { dynamodb } of Records) {
    const { id, text } = dynamodb?.NewImage ?? {};
    if (text?.S === "damaged") throw new Error(`${id?.S} cannot be booked`);
    await write(id?.S ?? "", "booked", `${text?.S}`);
  }
};

export const print: SQSHandler = async ({ Records }) => {
  for (const { body } of Records) await write(body, "label", `Parcel ${body}`);
};

export const attach: S3Handler = async ({ Records }) => {
  for (const { s3 } of Records) {
    const Key = decodeURIComponent(s3.object.key.replaceAll("+", " "));
    const { Body } = await files.send(new GetObjectCommand({ Bucket: Resource.Photos.name, Key }));
    await write(Key, "photo", (await Body?.transformToString()) ?? "");
  }
};

export const hurry: SQSHandler = async ({ Records }) => {
  for (const { body } of Records) await write(JSON.parse(body).Message, "hurry", "Delivered by bicycle");
};

export const count = async () => write("depot", "count", new Date().toISOString());
