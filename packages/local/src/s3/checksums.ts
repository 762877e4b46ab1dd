import { hash } from "node:crypto";
import { crc32 } from "node:zlib";

const fourBytes = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString("base64");
};

/** Lookup table of CRC-32C (Castagnoli's polynomial, bits reflected). */
const castagnoli = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(data: Uint8Array): string {
  let value = 0xffffffff;
  for (const byte of data) value = (castagnoli[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return fourBytes(~value);
}

/** Lookup table of CRC-64/NVME, in two halves, because 64-bit integers would be thirty times slower. */
const nvme = (() => {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
    high[byte] = Number(value >> 32n);
    low[byte] = Number(value & 0xffffffffn);
  }
  return { high, low };
})();

function crc64nvme(data: Uint8Array): string {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of data) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (nvme.low[index] ?? 0);
    high = (high >>> 8) ^ (nvme.high[index] ?? 0);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(~high >>> 0);
  bytes.writeUInt32BE(~low >>> 0, 4);
  return bytes.toString("base64");
}

/** Supported checksums by header: S3's name, and a function that returns the base64 digest of a body. */
export const checksums: Readonly<
  Record<string, { readonly name: string; readonly digest: (body: Uint8Array) => string }>
> = {
  "content-md5": { name: "Content-MD5", digest: (body) => hash("md5", body, "base64") },
  "x-amz-checksum-crc32": { name: "CRC32", digest: (body) => fourBytes(crc32(body)) },
  "x-amz-checksum-crc32c": { name: "CRC32C", digest: crc32c },
  "x-amz-checksum-crc64nvme": { name: "CRC64NVME", digest: crc64nvme },
  "x-amz-checksum-sha1": { name: "SHA1", digest: (body) => hash("sha1", body, "base64") },
  "x-amz-checksum-sha256": { name: "SHA256", digest: (body) => hash("sha256", body, "base64") },
};
