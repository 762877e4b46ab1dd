import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { Database } from "../../sqlite.ts";
import type { Pool } from "../pools.ts";

/** A public key in the format of a JWKS. */
export type PublicKey = {
  readonly alg: "RS256";
  readonly e: string;
  readonly kid: string;
  readonly kty: "RSA";
  readonly n: string;
  readonly use: "sig";
};

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: PublicKey;
}

/** A pool signs ID tokens and access tokens with different keys. */
export interface PoolKeys {
  readonly id: SigningKey;
  readonly access: SigningKey;
}

const generate = promisify(generateKeyPair);

function signingKey(kid: string, pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  return { kid, privateKey, publicKey, jwk: { alg: "RS256", e, kid, kty: "RSA", n, use: "sig" } };
}

/**
 * Returns the pool's keys. They are created on the first start and stored, so tokens survive a restart. Each data
 * folder has different keys.
 */
export async function keysOf(pool: Pool, { db }: Database): Promise<PoolKeys> {
  const select = db.prepare("SELECT kid, private_key FROM signing_key WHERE pool = ? AND use = ?");
  const insert = db.prepare("INSERT INTO signing_key (pool, use, kid, private_key) VALUES (?, ?, ?, ?)");
  async function key(use: "id" | "access"): Promise<SigningKey> {
    const row = select.get(pool.id, use);
    if (row) return signingKey(String(row.kid), String(row.private_key));
    const { privateKey } = await generate("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const kid = randomBytes(32).toString("base64");
    insert.run(pool.id, use, kid, pem);
    return signingKey(kid, pem);
  }
  const [id, access] = await Promise.all([key("id"), key("access")]);
  return { id, access };
}
