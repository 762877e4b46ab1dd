import type { Picture, Shape } from "./shapes.ts";

/**
 * The product's colors and fonts, as far as a standalone picture can use them. `packages/web/app/tokens.css` is the
 * source.
 */
const style = `
.paper{fill:#faf6ec}.box{fill:#fffdf8;stroke:#857e6c}.flow,.check{fill:none;stroke:#0e5a46;stroke-width:1.5}.check{stroke-dasharray:4 4}
.rule{stroke:#e2dac7}.margin{stroke:#d8452b}.tally{fill:none;stroke:#0e5a46;stroke-width:1.6;stroke-linecap:round}
text{font-family:Inter,system-ui,sans-serif;font-size:14px;fill:#1c2420}
.name{font-family:Newsreader,Georgia,serif;font-size:19px;font-weight:500}.note,.head,.number{fill:#5a6159}
.path{font-family:ui-monospace,Menlo,monospace;font-size:13px}
@media(prefers-color-scheme:dark){.paper{fill:#131815}.box{fill:#1b221e;stroke:#7b8579}.flow,.check,.tally{stroke:#8fcdb0}.rule{stroke:#2d352f}
.margin{stroke:#d0604a}text{fill:#e9e6da}.note,.head,.number{fill:#a6ab9c}}`;

const escaped = (content: string) => content.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function element(shape: Shape): string {
  if (shape.kind === "box") {
    const { x, y, width, height } = shape;
    return `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`;
  }
  if (shape.kind === "line") return `<path class="${shape.role}" d="${shape.d}"/>`;
  const anchor = shape.anchor ? ` text-anchor="${shape.anchor}"` : "";
  return `<text class="${shape.role}" x="${shape.x}" y="${shape.y}"${anchor}>${escaped(shape.text)}</text>`;
}

/** Returns the picture as a standalone file for documents. It adapts to light and dark mode. */
export function toSvg({ width, height, title, shapes, parts }: Picture): string {
  const inset = 20;
  const view = `${-inset} ${-inset} ${width + 2 * inset} ${height + 2 * inset}`;
  const description = parts.map(({ name, text }) => `${name} ${text}`).join(" ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<style>${style}</style>
<rect class="paper" x="${-inset}" y="${-inset}" width="100%" height="100%" rx="8"/>
${shapes.map(element).join("\n")}
</svg>
`;
}
