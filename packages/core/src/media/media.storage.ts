import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { limitedClient } from "../call-limits.ts";
import type { MediaId } from "../ids.ts";
import type { VariantFile } from "./media.image.ts";
import { variantKey } from "./media.variants.ts";

/** A file that has arrived; nothing of it is read before it is asked for. */
export interface ArrivedFile {
  /** What it claims to be, which the form fixed. */
  readonly type: string;
  readonly bytes: number;
  read(): Promise<Uint8Array>;
  /** Ends the transfer of what is not wanted. */
  discard(): void;
}

/** Where files arrive. */
export interface UploadStorage {
  /** @returns nothing when there is no such file */
  open(key: string): Promise<ArrivedFile | undefined>;
  /** That it is gone already is no error. */
  remove(key: string): Promise<void>;
}

/** Where readers' files are. */
export interface VariantStorage {
  put(id: MediaId, variant: VariantFile): Promise<void>;
  /** Removes all that there is of a picture; that nothing is there is no error. */
  removeAll(id: MediaId): Promise<void>;
}

const clientOf = (config: S3ClientConfig) =>
  new S3Client({
    ...config,
    ...limitedClient("s3"),
  });

/** Uploads in a bucket. */
export function s3Uploads(bucket: () => string, config: S3ClientConfig = {}): UploadStorage {
  const client = clientOf(config);
  return {
    async open(Key) {
      try {
        const {
          Body,
          ContentType = "",
          ContentLength = 0,
        } = await client.send(new GetObjectCommand({ Bucket: bucket(), Key }));
        return {
          type: ContentType,
          bytes: ContentLength,
          read: async () => (await Body?.transformToByteArray()) ?? new Uint8Array(),
          discard: () => void Body?.transformToWebStream().cancel(),
        };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket(), Key }));
    },
  };
}

/** Readers' files in a bucket, named by their content: a browser may keep them for ever. */
export function s3Variants(bucket: () => string, config: S3ClientConfig = {}): VariantStorage {
  const client = clientOf(config);
  return {
    async put(id, { width, format, content }) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket(),
          Key: variantKey(id, width, format),
          Body: content,
          ContentType: `image/${format}`,
          CacheControl: "public, max-age=31536000, immutable",
        }),
      );
    },
    async removeAll(id) {
      // Far fewer than a page of a list holds.
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket(), Prefix: `${id}/` }));
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
      if (Objects.length === 0) return;
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket(), Delete: { Objects, Quiet: true } }),
      );
      if (Errors.length > 0) throw new Error(`S3 kept ${Errors[0]?.Key}: ${Errors[0]?.Code}`);
    },
  };
}
