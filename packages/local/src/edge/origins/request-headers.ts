/** Properties of a viewer's connection that CloudFront adds to the request. */
export interface Connection {
  /** IP address of the viewer. */
  readonly address: string;
  /** Request id, which the response contains too. */
  readonly id: string;
}

export const via = "1.1 localhost (CloudFront)";

type Change = (sent: string | undefined, connection: Connection) => string | undefined;

const remove: Change = () => undefined;
const append = (value: (connection: Connection) => string): Change => {
  return (sent, connection) => (sent === undefined ? value(connection) : `${sent}, ${value(connection)}`);
};

/**
 * Headers that CloudFront changes in every request to an origin, regardless of the behavior's policies. `Host`,
 * `Accept-Encoding` and an origin's custom headers are set elsewhere.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-headers-behavior
 */
const changes: Readonly<Record<string, Change>> = {
  connection: remove,
  "keep-alive": remove,
  "proxy-authenticate": remove,
  "proxy-authorization": remove,
  "proxy-connection": remove,
  te: remove,
  trailer: remove,
  upgrade: remove,
  "x-forwarded-proto": remove,
  "x-real-ip": remove,
  via: append(() => via),
  "x-forwarded-for": append(({ address }) => address),
  "x-amz-cf-id": (_sent, { id }) => id,
};

const isInternal = (name: string) => name.startsWith("x-edge-");

/** Returns the headers of a request to the origin. Names are in lower case. */
export function originHeaders(
  sent: Readonly<Record<string, string>>,
  connection: Connection,
): Readonly<Record<string, string>> {
  const kept = Object.entries(sent).filter(([name]) => !isInternal(name) && !Object.hasOwn(changes, name));
  const changed = Object.entries(changes).flatMap(([name, change]) => {
    const value = change(sent[name], connection);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries([...kept, ...changed]);
}
