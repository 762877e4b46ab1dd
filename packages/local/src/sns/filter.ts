import { BlockList } from "node:net";
import type { MessageAttributes } from "../service-types.ts";
import { compileFilter, FilterError, type Matcher } from "../streams/filter.ts";
import type { Message } from "./message.ts";

/** Matches a pattern in which `*` stands for any number of characters. */
function wildcard(pattern: unknown): Matcher {
  if (typeof pattern !== "string") throw new FilterError("wildcard takes a string");
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join("[^]*")}$`);
  return (value) => typeof value === "string" && expression.test(value);
}

/** Matches an IP address within a network such as `10.0.0.0/24`. */
function cidr(network: unknown): Matcher {
  const [address = "", prefix] = typeof network === "string" ? network.split("/") : [];
  const family = address.includes(":") ? "ipv6" : "ipv4";
  const list = new BlockList();
  try {
    list.addSubnet(address, Number(prefix), family);
  } catch {
    throw new FilterError(`cidr does not support ${JSON.stringify(network)}`);
  }
  return (value) => typeof value === "string" && list.check(value, family);
}

/** Rules that SNS supports in addition to those of event source mappings. */
const rules = { wildcard, cidr };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns an attribute's value for filters. Binary attributes are ignored. */
function filterable({ DataType, StringValue = "" }: MessageAttributes[string]): unknown {
  if (DataType.startsWith("Number")) return Number(StringValue);
  if (DataType === "String.Array") return parsed(StringValue);
  return DataType.startsWith("Binary") ? undefined : StringValue;
}

/**
 * Compiles a subscription's filter policy.
 * @param policy the object, or its JSON
 * @throws FilterError for an unsupported rule
 */
export function compileFilterPolicy(
  policy: unknown,
  scope: "MessageAttributes" | "MessageBody",
): (message: Message) => boolean {
  const matches = compileFilter(policy, rules);
  if (scope === "MessageBody") {
    return ({ message }) => {
      const body = parsed(message);
      return typeof body === "object" && body !== null && matches(body);
    };
  }
  return ({ attributes }) => {
    const values = Object.entries(attributes).map(([name, attribute]) => [name, filterable(attribute)]);
    // A message without attributes matches no policy, not even one with `exists: false`.
    return values.length > 0 && matches(Object.fromEntries(values));
  };
}
