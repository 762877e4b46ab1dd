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

/** An uploaded file. Its content is read on demand. */
export interface ArrivedFile {
  readonly bytes: number;
  read(): Promise<Uint8Array>;
  /** Cancels the transfer of the content. */
  discard(): void;
}

/** Storage of uploaded files. */
export interface UploadStorage {
  /** @returns undefined if there is no such file */
  open(key: string): Promise<ArrivedFile | undefined>;
  /** Idempotent: a missing file is no error. */
  remove(key: string): Promise<void>;
}

/** Storage of the variants for readers. */
export interface VariantStorage {
  put(id: MediaId, variant: VariantFile): Promise<void>;
  /** Removes all variants of a picture. Idempotent. */
  removeAll(id: MediaId): Promise<void>;
}

const clientOf = (config: S3ClientConfig) =>
  new S3Client({
    ...config,
    ...limitedClient("s3"),
  });

/** Stores uploads in an S3 bucket. */
export function s3Uploads(bucket: () => string, config: S3ClientConfig = {}): UploadStorage {
  const client = clientOf(config);
  return {
    async open(Key) {
      try {
        const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket(), Key }));
        return {
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

/** Stores variants in an S3 bucket. A variant never changes under its key, so browsers may cache it forever. */
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
      // One page of the listing is enough: a picture has far fewer than 1,000 variants.
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
