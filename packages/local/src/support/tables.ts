import type { Service } from "../service.ts";
import { services } from "../services.ts";
import { ignoredProperties } from "./rules.ts";

type Row = readonly string[];

const table = (head: Row, rows: readonly Row[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const featureRows = ({ types, support: { title, supported, unsupported } }: Service): Row[] => [
  ...Object.entries(types).flatMap(([type, rules]) =>
    typeof rules === "string" ? [] : [[title, `\`${type}\``, "yes"]],
  ),
  ...supported.map((feature) => [title, feature, "yes"]),
  ...Object.entries(unsupported).map(([feature, instead]) => [title, feature, `no: ${instead}`]),
];

const ignoredRows = ({ types }: Service): Row[] =>
  Object.entries(types).flatMap(([type, rules]) =>
    typeof rules === "string"
      ? [[`\`${type}\``, rules]]
      : ignoredProperties(rules).map(([path, reason]) => [`\`${type}\` \`${path}\``, reason]),
  );

/** Returns the tables of the README in Markdown: services, their features, and properties without an effect. */
export function supportTables(): string {
  const all: readonly Service[] = Object.values(services);
  return [
    table(
      ["Service", "Implementation"],
      all.map(({ support }) => [support.title, support.implementation]),
    ),
    "Each row is a resource type or a feature. For an unsupported one, it says what happens when a program uses it:",
    table(["Service", "Feature", "Supported"], all.flatMap(featureRows)),
    "The local cloud ignores these resource types and properties, because they have no effect here:",
    table(["Ignored", "Reason"], all.flatMap(ignoredRows)),
  ].join("\n\n");
}
