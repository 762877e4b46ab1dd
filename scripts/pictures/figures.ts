import { arrow, box, circle, type Drawing, figure, line, rect, text } from "./ink.ts";

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const programToClouds = figure(
  380,
  rect("sheet", 24, 130, 168, 120),
  line("margin", "M72 130V250"),
  text("name", 132, 182, "One", "middle"),
  text("name", 132, 212, "program", "middle"),
  arrow("flow", [48, 130], [48, 84], [492, 84]),
  text("", 270, 70, "sst deploy", "middle"),
  box(492, 26, 204, 116, "AWS", "table, functions,", "routes, roles"),
  arrow("flow", [48, 250], [48, 298], [206, 298]),
  text("", 124, 326, "npm run synth", "middle"),
  rect("quiet", 206, 250, 174, 96),
  text("name", 293, 292, "The graph", "middle"),
  text("", 293, 322, "a file to review", "middle"),
  arrow("flow", [380, 298], [492, 298]),
  text("", 434, 284, "npm start", "middle"),
  box(492, 240, 204, 116, "A laptop", "table, functions,", "routes, roles"),
);

const front = figure(
  330,
  box(24, 92, 150, 120, "Function", "with a key", "of its own"),
  arrow("flow", [174, 138], [252, 138]),
  rect("sheet", 252, 40, 250, 224),
  line("margin", "M296 40V264"),
  text("name", 314, 80, "The front"),
  ...["who signed this?", "what is asked for?", "may it do that?"].flatMap((question, i) => [
    line("rule", `M253 ${100 + i * 54}H501`),
    text("", 274, 134 + i * 54, String(i + 1), "middle"),
    text("", 314, 134 + i * 54, question),
  ]),
  arrow("flow", [502, 138], [560, 138]),
  box(560, 92, 136, 120, "Service", "DynamoDB,", "SQS, S3 …"),
  arrow("back", [330, 264], [330, 300], [98, 300], [98, 212]),
  text("red", 346, 306, "no: AccessDeniedException"),
);

const rows = (x: number, y: number, width: number, partition: string, items: readonly string[]) =>
  [
    rect("quiet", x, y, width, 44),
    text("name", x + 16, y + 30, partition),
    rect("sheet", x, y + 44, width, items.length * 40),
    ...items.flatMap((item, i) => [
      ...(i > 0 ? [line("rule", `M${x + 1} ${y + 44 + i * 40}H${x + width - 1}`)] : []),
      text("", x + 16, y + 71 + i * 40, item),
    ]),
  ].join("");

const partitions = figure(
  400,
  rows(24, 30, 290, "USER#maya", ["PROFILE", "SESSION#…", "LIST#inbox", "LIST#porto"]),
  rows(420, 30, 276, "LIST#porto", ["LIST: its name, epoch 4"]),
  rows(420, 180, 276, "LIST#porto#4", ["TODO#… the sleeper", "TODO#… ask Rui", "TODO#… umbrella"]),
  arrow("flow", [314, 214], [368, 214], [368, 94], [420, 94]),
  arrow("flow", [558, 114], [558, 180]),
  text("", 24, 276, "Membership: who may"),
  text("", 24, 302, "reach which list"),
  text("", 420, 370, "Empty the list: epoch 5"),
);

const halving = figure(
  360,
  ...range(6).flatMap((i) => {
    const y = 56 + i * 50;
    const marks = range(i + 1).map((each) => 56 + 608 * 0.5 ** each);
    const last = marks.at(-1) ?? 0;
    return [
      line("flow", `M56 ${y}H664`),
      ...[56, ...marks].map((x) => line("flow", `M${x.toFixed(1)} ${y - 11}V${y + 11}`)),
      ...(i === 0 ? [] : [circle("red", Number(last.toFixed(1)), y, 7)]),
    ];
  }),
  text("name", 56, 34, "a", "middle"),
  text("name", 664, 34, "b", "middle"),
  text("", 664, 346, "and so on, some twenty times", "end"),
);

const state = (x: number, y: number, name: string, role = "sheet") =>
  rect(role, x, y, 150, 64, 32) + text("name", x + 75, y + 39, name, "middle");

const claim = figure(
  320,
  state(24, 116, "no mail yet"),
  arrow("flow", [174, 138], [286, 138]),
  text("", 230, 124, "claim", "middle"),
  state(286, 116, "sending", "quiet"),
  arrow("flow", [436, 148], [546, 148]),
  text("", 491, 134, "accepted", "middle"),
  state(546, 116, "sent"),
  arrow("flow", [330, 180], [330, 232], [98, 232], [98, 180]),
  text("", 214, 258, "refused: the claim is given back", "middle"),
  arrow("flow", [390, 180], [390, 272], [546, 272]),
  state(546, 240, "suppressed"),
  text("", 468, 298, "no mail wanted", "middle"),
  arrow("back", [361, 116], [361, 52], [621, 52], [621, 116]),
  text("red", 491, 38, "no answer: counts as sent", "middle"),
);

const record = (x: number, y: number, number: number, role: string, name = "name") =>
  rect(role, x, y, 52, 52, 4) + text(name, x + 26, y + 34, String(number), "middle");

const redelivery = figure(
  300,
  text("", 30, 42, "A batch; the third record fails"),
  ...range(10).map((i) =>
    record(30 + i * 66, 60, i + 1, i < 2 ? "green" : i === 2 ? "red" : "sheet", i < 3 ? "name on" : "name"),
  ),
  arrow("back", [188, 112], [188, 178]),
  text("", 204, 152, "again, from there on"),
  ...range(8).map((i) => record(162 + i * 66, 184, i + 3, "green", "name on")),
  text("", 690, 272, "and each may come once more", "end"),
);

const flag = (x: number, label: string) =>
  [
    line("margin", `M${x} 150V66`),
    `<path class="red" d="M${x} 66H${x + 40}L${x + 28} 80L${x + 40} 94H${x}Z"/>`,
    text("", x, 48, label, "middle"),
  ].join("");

const change = (x: number, sign: string) => circle("sheet", x, 150, 22) + text("big", x, 160, sign, "middle");

const marks = figure(
  270,
  arrow("flow", [24, 150], [700, 150]),
  ...["+", "+", "−", "+"].map((sign, i) => change(66 + i * 56, sign)),
  flag(302, "mark"),
  flag(482, "mark: 2"),
  ...["−", "+", "+"].map((sign, i) => change(536 + i * 56, sign)),
  line("pen", "M302 196V208H482V196"),
  text("", 392, 240, "nothing changed here, so it is 2", "middle"),
);

const outbox = figure(
  400,
  box(24, 40, 216, 92, "The server said", "Milk, Bread"),
  rect("sheet", 24, 196, 216, 164),
  line("margin", "M62 196V360"),
  text("name", 78, 230, "Outbox"),
  ...["Bread is done", "add Lemons"].flatMap((entry, i) => [
    line("rule", `M25 ${248 + i * 44}H239`),
    text("", 43, 277 + i * 44, String(i + 1), "middle"),
    text("", 78, 277 + i * 44, entry),
  ]),
  line("rule", "M25 336H239"),
  text("big", 132, 175, "+", "middle"),
  arrow("flow", [240, 164], [430, 164]),
  text("", 335, 150, "is shown", "middle"),
  rect("quiet", 430, 72, 266, 184),
  ...["Milk", "Bread", "Lemons"].flatMap((todo, i) => [
    circle(i === 1 ? "green" : "sheet", 466, 110 + i * 54, 13),
    text("name", 496, 118 + i * 54, todo),
  ]),
  line("flow", "M494 165H558"),
  text("", 672, 226, "not sent", "end"),
  arrow("flow", [240, 322], [430, 322]),
  text("", 335, 308, "one by one", "middle"),
  box(430, 288, 266, 72, "The API"),
);

const publish = figure(
  420,
  box(24, 40, 168, 92, "Working copy", "yours alone"),
  arrow("flow", [192, 86], [330, 86]),
  text("", 261, 72, "Publish", "middle"),
  rect("quiet", 330, 30, 366, 112),
  text("name", 350, 66, "What readers get"),
  text("", 350, 98, "the page, under its address"),
  text("", 350, 126, "an entry in each of its lists"),
  arrow("flow", [430, 142], [430, 208]),
  text("", 446, 182, "stream, topic, queue"),
  rect("sheet", 330, 208, 366, 184),
  line("margin", "M374 208V392"),
  ...["the site forgets", "pages are made anew", "the edge drops its copies"].flatMap((step, i) => [
    ...(i === 0 ? [] : [line("rule", `M331 ${208 + i * 61}H695`)]),
    text("", 352, 246 + i * 61, String(i + 1), "middle"),
    text("", 392, 246 + i * 61, step),
  ]),
  box(24, 322, 168, 70, "A reader"),
  arrow("flow", [330, 357], [192, 357]),
  text("", 261, 343, "at once", "middle"),
);

/** Figures of the posts, by file name. */
export const figures: Readonly<Record<string, Drawing>> = {
  "program-to-clouds": programToClouds,
  front,
  partitions,
  halving,
  claim,
  redelivery,
  marks,
  "outbox-and-server": outbox,
  publish,
};
