import { circle, cover, type Drawing, line, rect } from "./ink.ts";

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const at = (x: number, y: number, content: string, turn = 0): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn})">${content}</g>`;

const cloudLine = "M-70 40H64A34 34 0 0 0 70 -27A50 50 0 0 0 -22 -46A38 38 0 0 0 -68 -16A29 29 0 0 0 -70 40Z";

const twoClouds = cover(
  "sand",
  at(236, 104, line("pen paper", cloudLine)),
  at(452, 104, line("pen green", cloudLine)),
  line("pen", "M288 224L252 164M400 224L436 164"),
  rect("pen paper", 269, 224, 150, 110, 8),
  line("pen", "M312 260H390M312 290H390"),
  line("redpen", "M293 227V320"),
);

const keyShape = (role: string) =>
  circle(role, 0, 28, 30) + line(role, "M0 58V150M0 147H26M0 122H20") + circle(role, 0, 22, 7);

const keys = cover(
  "green",
  circle("pen", 356, 84, 62),
  ...[-58, 58].map((turn) => at(356, 84, at(0, 46, keyShape("pen")), turn)),
  at(356, 84, at(0, 46, keyShape("redpen"))),
);

const cellWidths = [
  [60, 40, 90, 50],
  [46, 58, 76, 32],
  [66, 30, 98, 56],
  [52, 48, 66, 42],
  [58, 44, 86, 48],
  [42, 56, 78, 36],
];
const columns = [148, 244, 336, 468];

const table = cover(
  "sage",
  ...columns.slice(1).map((x) => line("flow", `M${x - 15} 32V288`)),
  line("pen", "M136 64H540"),
  ...cellWidths.flatMap((row, y) =>
    row.map((width, x) => rect(y === 3 ? "red" : "green", columns[x] ?? 0, 77 + y * 32, width, 9, 4.5)),
  ),
  line("redpen", "M136 192H540"),
);

const ruler = cover(
  "sand",
  rect("pen paper", 140, 150, 400, 104, 10),
  ...range(8).map((i) => line("pen", `M${(508 - 336 * 0.5 ** i).toFixed(1)} 153V${i === 0 ? 212 : 196}`)),
  line("pen", "M508 153V212"),
  line("redpen", "M487 58V128M469 108L487 128L505 108"),
);

const envelope = cover(
  "green",
  at(
    356,
    160,
    rect("pen", -150, -96, 300, 192, 12) + line("pen", "M-146 -88L0 24L146 -88") + circle("red", 0, 24, 30),
    -4,
  ),
);

const wave = (y: number, from: number, to: number): string => {
  const points = range(Math.round((to - from) / 8) + 1).map((i) => {
    const x = from + i * 8;
    return `${x} ${(y + 16 * Math.sin((x + y * 1.2) / 62)).toFixed(1)}`;
  });
  return `M${points.join("L")}`;
};

const stream = cover(
  "night",
  ...[64, 104, 144, 224, 264].map((y) => line("pen", wave(y, 136, 640))),
  line("pen", wave(184, 136, 304)),
  line("redpen", wave(184, 352, 640)),
  circle("red", 352, 184 + 16 * Math.sin((352 + 184 * 1.2) / 62), 11),
);

const strokes = (role: string, count: number) =>
  range(count)
    .map((i) => line(role, `M${i * 26} ${i % 2}V${104 - (i % 3) * 3}`))
    .join("");
const across = (role: string) => line(role, "M-18 84L98 18");

const tally = cover(
  "sage",
  at(158, 106, strokes("pen", 4) + across("pen")),
  at(298, 108, strokes("pen", 4) + across("pen")),
  at(438, 105, strokes("pen", 4) + across("redpen")),
);

const outbox = cover(
  "sand",
  at(356, 128, rect("pen paper", -110, -60, 220, 130, 8), -7),
  at(356, 142, rect("pen paper", -110, -66, 220, 130, 8), 4),
  at(356, 152, rect("pen paper", -110, -72, 220, 130, 8) + line("pen", "M-84 -36H6M-84 -8H-20"), -1),
  rect("red", 416, 94, 34, 40, 3),
  `<path class="pen paper" d="M196 190L216 190L236 226H476L496 190H516V276A10 10 0 0 1 506 286H206A10 10 0 0 1 196 276Z"/>`,
);

const copy = cover(
  "green",
  at(
    256,
    160,
    rect("pen", -76, -104, 152, 208, 8) +
      line("pen", "M-48 -64H44M-48 -32H20M-48 0H48M-48 32H30M-48 64H8") +
      line("redpen", "M-56 -26L32 -40M-10 72L40 30"),
    -5,
  ),
  line("redpen", "M352 160H392M378 146L392 160L378 174"),
  at(490, 160, rect("pen green", -76, -104, 152, 208, 8)),
  `<path d="M442 96H534M442 128H510M442 160H538M442 192H520M442 224H498" style="stroke:#0e5a46;stroke-width:6"/>`,
);

/** Portrait of Maya, made of a few shapes. */
const maya: Drawing = {
  width: 200,
  height: 200,
  svg: `<g class="ground-green">${[
    rect("paper", 0, 0, 200, 200, 0),
    ...range(6).map((i) => line("rule", `M0 ${28 + i * 32}H200`)),
    `<path style="fill:#d8452b" d="M26 200C26 158 60 146 100 146S174 158 174 200Z"/>`,
    `<path style="fill:#e9c9a4" d="M84 118H116V152A16 16 0 0 1 84 152Z"/>`,
    `<circle style="fill:#1c2420" cx="100" cy="34" r="20"/>`,
    `<path style="fill:#1c2420" d="M52 96C52 58 72 42 100 42S148 58 148 96C148 116 142 128 134 134H66C58 128 52 116 52 96Z"/>`,
    `<path style="fill:#f0d6b5" d="M66 92C66 78 82 78 92 66C104 80 134 76 134 94C134 124 118 138 100 138S66 124 66 92Z"/>`,
    `<path style="stroke:#1c2420;stroke-width:4" d="M82 100V104M118 100V104M90 120Q100 128 110 120"/>`,
  ].join("")}</g>`,
};

/** Covers of the posts and the author's picture, by file name. */
export const covers: Readonly<Record<string, Drawing>> = {
  "two-clouds": twoClouds,
  key: keys,
  table,
  ruler,
  envelope,
  stream,
  tally,
  outbox,
  copy,
  maya,
};
