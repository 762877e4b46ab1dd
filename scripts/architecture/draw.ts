import { arrow, box, line, type Picture, type Shape, tally, text } from "./shapes.ts";
import type { Follower, System } from "./system.ts";

const width = 1180;
/** Position of the red line. The browser is to its left, the cloud to its right. */
const margin = 140;
/** Left edge and width of each column. */
const columns = { edge: [172, 136], front: [392, 184], compute: [656, 248], data: [976, 188] } as const;
const groupHeight = 30;
const siteLane = { top: 40, height: 66 };
/** Height of the lane for readers' files, below the site's lane. */
const filesHeight = 40;

/** Draws the way from a request to the data in two lanes: pages above, the API below. */
function request({ operations, groups, hasSite, hasPool, files }: System): { shapes: Shape[]; bottom: number } {
  const [edgeX, edgeWidth] = columns.edge;
  const [frontX, frontWidth] = columns.front;
  const [computeX, computeWidth] = columns.compute;
  const [dataX, dataWidth] = columns.data;
  const { top, height } = siteLane;
  const storeHeight = height + (files === undefined ? 0 : filesHeight);
  const apiTop = top + storeHeight + 34;
  const apiHeight = 46 + groups.length * groupHeight;
  const bottom = apiTop + apiHeight;
  const siteY = top + height / 2;
  const apiY = apiTop + apiHeight / 2;
  const tableY = apiTop + 35;
  const poolY = bottom - 35;

  const site = [
    ...arrow("flow", [edgeX + edgeWidth, siteY], [frontX, siteY]),
    text("path", (edgeX + edgeWidth + frontX) / 2, siteY - 8, "/*", "middle"),
    ...box(frontX, top, frontWidth, height, "Next.js", "static pages"),
    ...arrow("flow", [frontX + frontWidth, siteY], [computeX, siteY]),
    ...box(computeX, top, computeWidth, storeHeight, "S3", "files and rendered pages", ...(files ? ["pictures"] : [])),
  ];
  const pictures = (path: string) => [
    ...arrow("flow", [edgeX + edgeWidth, top + height + 22], [computeX, top + height + 22]),
    text("path", (edgeX + edgeWidth + frontX) / 2, top + height + 14, path, "middle"),
  ];
  const pool = [
    ...box(dataX, poolY - 35, dataWidth, 70, "Cognito", "user pool, passwords"),
    ...arrow("flow", [computeX + computeWidth, poolY], [dataX, poolY]),
    ...arrow(
      "check",
      [frontX + frontWidth / 2, apiY + 46],
      [frontX + frontWidth / 2, bottom + 22],
      [dataX + dataWidth / 2, bottom + 22],
      [dataX + dataWidth / 2, poolY + 35],
    ),
    text("note", computeX + computeWidth / 2, bottom + 42, "whose signature a token must bear", "middle"),
  ];
  const shapes = [
    ...box(1, apiY - 33, 113, 66, "Browser"),
    ...arrow("flow", [114, apiY], [edgeX, apiY]),
    ...box(edgeX, top, edgeWidth, bottom - top, "CloudFront", "one origin", "for all of it"),
    ...(hasSite ? site : []),
    ...(files === undefined ? [] : pictures(files)),
    ...arrow("flow", [edgeX + edgeWidth, apiY], [frontX, apiY]),
    text("path", (edgeX + edgeWidth + frontX) / 2, apiY - 8, "/v1/*", "middle"),
    ...box(frontX, apiY - 46, frontWidth, 92, "HTTP API", `${operations} routes`, "checks each token"),
    ...arrow("flow", [frontX + frontWidth, apiY], [computeX, apiY]),
    { kind: "box", x: computeX, y: apiTop, width: computeWidth, height: apiHeight } as const,
    text("name", computeX + 16, apiTop + 28, "Lambda"),
    text("note", computeX + computeWidth - 16, apiTop + 28, "one per operation", "end"),
    line(
      "rule",
      groups.map((_, index) => `M${computeX} ${apiTop + 44 + index * groupHeight}h${computeWidth}`).join(""),
    ),
    ...groups.flatMap(({ name, functions }, index) => {
      const y = apiTop + 44 + index * groupHeight;
      return [
        text("note", computeX + 16, y + 20, name),
        tally(functions, computeX + 122, y + 21),
        text("number", computeX + computeWidth - 16, y + 20, String(functions), "end"),
      ];
    }),
    ...box(dataX, tableY - 35, dataWidth, 70, "DynamoDB", "one table, one stream"),
    ...arrow("flow", [computeX + computeWidth, tableY], [dataX, tableY]),
    ...(hasPool ? pool : []),
  ];
  return { shapes, bottom: bottom + (hasPool ? 56 : 16) };
}

const page = { when: columns.edge[0], runs: 504, reaches: 688, failures: 956 };
const rowHeight = 38;

/** Draws the functions that run after requests. */
function afterwards(followers: readonly Follower[], top: number): { shapes: Shape[]; bottom: number } {
  const first = top + 46;
  const shapes = [
    text("name", page.when, top + 26, "Afterwards, when"),
    text("head", page.runs, top + 26, "a function runs"),
    text("head", page.reaches, top + 26, "and changes"),
    text("head", page.failures, top + 26, "What fails waits in"),
    line("rule", `M0 ${first}H${width}`),
    ...followers.flatMap(({ when, runs, reaches, failures = "–" }, index) => {
      const y = first + index * rowHeight;
      const base = y + 24;
      return [
        text("number", margin - 16, base, String(index + 1), "end"),
        text("note", page.when, base, when),
        ...arrow("flow", [page.runs - 34, base - 5], [page.runs - 12, base - 5]),
        text("path", page.runs, base, runs),
        ...(reaches.length > 0 ? arrow("flow", [page.reaches - 34, base - 5], [page.reaches - 12, base - 5]) : []),
        text("note", page.reaches, base, reaches.join(", ")),
        text("note", page.failures, base, failures),
      ];
    }),
    line("rule", followers.map((_, index) => `M0 ${first + (index + 1) * rowHeight}H${width}`).join("")),
  ];
  return { shapes, bottom: first + followers.length * rowHeight };
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function inWords({ operations, groups, followers, hasSite, hasPool, files }: System): Picture["parts"] {
  const features = groups.map(({ name, functions }) => `${name} ${functions}`).join(", ");
  return [
    { name: "CloudFront", text: "is the one origin that a browser sees." },
    ...(hasSite
      ? [{ name: "Next.js", text: "serves the pages: one Lambda function, with files and rendered pages in S3." }]
      : []),
    ...(files === undefined
      ? []
      : [
          {
            name: "S3",
            text: `has the pictures that people upload; what is below ${files.slice(0, -2)} comes from there.`,
          },
        ]),
    {
      name: "HTTP API",
      text: `takes all below /v1: ${plural(operations, "route")}, and checks the token before anything runs.`,
    },
    { name: "Lambda", text: `has one function per operation, each with permissions of its own: ${features}.` },
    { name: "DynamoDB", text: "holds everything in one table, whose stream tells of each change." },
    ...(hasPool ? [{ name: "Cognito", text: "keeps the accounts, and signs the tokens." }] : []),
    ...followers.map(({ when, runs, reaches, failures }) => ({
      name: runs,
      text: `${when.startsWith("every") ? `runs ${when}` : `follows the ${when}`}, and changes ${reaches.join(" and ")}.${failures ? ` What fails waits in the ${failures}.` : ""}`,
    })),
  ];
}

/** Lays out the system. The same graph always gives the same picture. */
export function draw(system: System): Picture {
  const above = request(system);
  const below = afterwards(system.followers, above.bottom);
  const height = below.bottom + 1;
  const shapes = [
    line("margin", `M${margin} 0V${height}`),
    text("head", margin + 32, 22, "AWS, or your laptop"),
    ...above.shapes,
    ...below.shapes,
  ];
  return { width, height, title: "What runs where", shapes, parts: inWords(system) };
}
