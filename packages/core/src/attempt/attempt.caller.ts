import { createHash, randomBytes } from "node:crypto";
import { isIPv4, isIPv6, SocketAddress } from "node:net";

/** Where an attempt comes from: the address of the connection, and the browser's device secret, if it sends one. */
export interface Caller {
  readonly clientAddress: string;
  readonly device: string | undefined;
}

const hash = (...parts: readonly string[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/** A secret of 256 bits by which a browser is known again. It is no credential: it only separates its attempts from a stranger's. */
export const newDeviceSecret = (): string => randomBytes(32).toString("base64url");

/** A device secret as a browser sends it; nothing when it has another form. */
export const readDeviceSecret = (value: string | undefined): string | undefined =>
  value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;

/** The key of an account's attempts: its email address in lower case, or the id of its user. */
export const accountHash = (account: string): string => hash("account", account);

/** The same browser has another hash in each account, so that the table does not connect accounts. */
export const deviceHash = (account: string, secret: string): string => hash("device", account, secret);

export const addressHash = (clientAddress: string): string => hash("address", networkOf(clientAddress));
export const addressHashIn = (account: string, clientAddress: string): string =>
  hash("address", account, networkOf(clientAddress));

/**
 * What one customer of a network provider has: an IPv4 address, or the first 64 bits of an IPv6 address, such as `2001:db8:0:1`. An
 * IPv4 address in IPv6 form counts as itself.
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
