import { createHash, randomBytes } from "node:crypto";
import { isIPv4, isIPv6, SocketAddress } from "node:net";

/** Origin of an attempt: the client address of the connection, and the browser's device secret, if it sends one. */
export interface Caller {
  readonly clientAddress: string;
  readonly device: string | undefined;
}

const hash = (...parts: readonly string[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/**
 * Creates a random secret of 256 bits that identifies a browser. It is not a credential: it only separates the attempts
 * of this browser from those of unknown ones.
 */
export const newDeviceSecret = (): string => randomBytes(32).toString("base64url");

/** Parses a device secret. Returns undefined if the format is wrong. */
export const readDeviceSecret = (value: string | undefined): string | undefined =>
  value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;

/** Returns the key of an account's attempts. `account` is the email address in lower case, or the user id. */
export const accountHash = (account: string): string => hash("account", account);

/**
 * Returns the hash of a device secret in an account. It differs between accounts, so that the table does not link them.
 */
export const deviceHash = (account: string, secret: string): string => hash("device", account, secret);

export const addressHash = (clientAddress: string): string => hash("address", networkOf(clientAddress));
export const addressHashIn = (account: string, clientAddress: string): string =>
  hash("address", account, networkOf(clientAddress));

/**
 * Returns the network of one customer of a provider: an IPv4 address, or the first 64 bits of an IPv6 address. Example:
 * `2001:db8:0:1::1` and `2001:db8:0:1:ffff::2` are both in `2001:db8:0:1`. An IPv4 address in IPv6 form, such as
 * `::ffff:192.0.2.7`, is `192.0.2.7`.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = new SocketAddress({ address, family: "ipv6" }).address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
