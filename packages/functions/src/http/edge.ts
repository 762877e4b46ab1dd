import { createHash, timingSafeEqual } from "node:crypto";
import { clientAddressHeader, originSecretHeader } from "@daybook/core/contract/edge";
import { Problem } from "@daybook/core/problem";
import { resources } from "../resources.ts";
import type { HttpEvent } from "./event.ts";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Compares with every accepted secret in constant time. */
function hasSecret({ headers }: HttpEvent): boolean {
  const sent = digest(headers[originSecretHeader] ?? "");
  return resources.originSecrets().filter((secret) => timingSafeEqual(sent, digest(secret))).length > 0;
}

/**
 * Rejects a request that bypasses the edge. The API's own URL is public, but only the edge has the firewall.
 * @throws direct-access-forbidden for a request without a valid secret
 */
export function assertFromEdge(event: HttpEvent): void {
  if (!hasSecret(event))
    throw new Problem("direct-access-forbidden", {
      detail: `Send this request to ${resources.origin() + event.rawPath}.`,
    });
}

/**
 * Returns the client address that CloudFront saw. Without a valid secret or the header, returns the address that
 * connected to the gateway.
 */
export function clientAddressOf(event: HttpEvent): string {
  const fromEdge = hasSecret(event) ? event.headers[clientAddressHeader] : undefined;
  return fromEdge ?? event.requestContext.http.sourceIp;
}
