import type { ResolvedGraph, Resource } from "../graph/graph.ts";

export interface Identity {
  /** An address or a domain. */
  readonly name: string;
  readonly arn: string;
  /** Configuration set for mail that names none. */
  readonly configurationSet: string | undefined;
}

const word = (resource: Resource, name: string) => {
  const value = resource[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** Returns the graph's verified senders and its configuration sets. */
export function identitiesOf(graph: ResolvedGraph) {
  const arn = (kind: string, name: string) => `arn:aws:ses:${graph.region}:${graph.account}:${kind}/${name}`;
  const all: readonly Identity[] = graph.all("aws:sesv2:EmailIdentity").map((resource) => {
    const name = (word(resource, "emailIdentity") ?? resource.id).toLowerCase();
    return {
      name,
      arn: resource.arn ?? arn("identity", name),
      configurationSet: word(resource, "configurationSetName"),
    };
  });
  const sets = new Map(
    graph.all("aws:sesv2:ConfigurationSet").map((resource) => {
      const name = word(resource, "configurationSetName") ?? resource.id;
      return [name, resource.arn ?? arn("configuration-set", name)] as const;
    }),
  );
  return {
    all,
    /** Returns the identity of a sender: that of the address, or else that of its domain or a parent domain. */
    of(address: string): Identity | undefined {
      const domain = address.slice(address.lastIndexOf("@") + 1);
      const isAbove = (name: string) => name === domain || domain.endsWith(`.${name}`);
      return all.find(({ name }) => name === address) ?? all.find(({ name }) => !name.includes("@") && isAbove(name));
    },
    identityArn: (address: string) => arn("identity", address),
    hasSet: (name: string) => sets.has(name),
    setArn: (name: string) => sets.get(name) ?? arn("configuration-set", name),
  };
}

export type Identities = ReturnType<typeof identitiesOf>;
