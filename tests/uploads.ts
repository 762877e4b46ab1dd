import { setTimeout } from "node:timers/promises";
import { ListBucketsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Media, MediaUpload } from "@daybook/core/media/media";
import { type CloudEnv, succeed, type TestUser, variable } from "./fixtures.ts";

/** A file that a user selects. */
export interface ChosenFile {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** Requests an upload for a file with this type and size, which need not be the actual ones. */
export async function askFor(env: CloudEnv, user: TestUser, type: string, bytes: number): Promise<MediaUpload> {
  return (await succeed(env, "createMedia", { token: user.token, body: { type, bytes } })).body;
}

/** Posts a file as browsers do: the form's fields first, the file last. */
export function post(
  { upload }: Pick<MediaUpload, "upload">,
  { content, type }: ChosenFile,
  changed: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...upload.fields, ...changed })) form.append(name, value);
  form.append("file", new Blob([content], { type }), "picture");
  return fetch(upload.url, { method: "POST", body: form });
}

/** Waits until an upload is processed. */
export async function settled(env: CloudEnv, { token }: TestUser, { id }: Pick<Media, "id">): Promise<Media> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const { body } = await succeed(env, "getMedia", { token, params: { mediaId: id } });
    if (body.state !== "awaited") return body;
    await setTimeout(150);
  }
  throw new Error(`Nothing has become of ${id}`);
}

/** Uploads a file, and waits until it is processed. */
export async function uploadFile(env: CloudEnv, user: TestUser, file: ChosenFile): Promise<Media> {
  const media = await askFor(env, user, file.type, file.content.byteLength);
  const answer = await post(media, file);
  if (!answer.ok) throw new Error(`S3 refused the file: ${await answer.text()}`);
  return settled(env, user, media);
}

/** Gives access to the buckets of a running cloud. */
export function bucketsOf(env: CloudEnv) {
  const client = new S3Client({
    endpoint: variable(env, "AWS_ENDPOINT_URL_S3"),
    region: variable(env, "AWS_REGION"),
    credentials: {
      accessKeyId: variable(env, "AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable(env, "AWS_SECRET_ACCESS_KEY"),
    },
  });
  const named = async (part: string) => {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    return Buckets.find(({ Name = "" }) => Name.includes(part))?.Name;
  };
  const keys = async (bucket: string | undefined, Prefix: string) => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }));
    return Contents.map(({ Key }) => Key);
  };
  return {
    /** The keys of a picture's variants. */
    variants: async (id: string) => keys(await named("mediabucket"), `${id}/`),
    /** The keys of uploaded files that are not processed yet. */
    uploads: async (media: MediaUpload) => keys(await named("uploadsbucket"), media.upload.fields.key ?? ""),
    /** Adds a file to a picture's variants. */
    putVariant: async (Key: string) =>
      client.send(new PutObjectCommand({ Bucket: await named("mediabucket"), Key, Body: "pixels" })),
  };
}
