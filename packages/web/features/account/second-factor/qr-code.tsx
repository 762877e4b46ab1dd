import { encode } from "uqr";

/** Width of the quiet zone in modules. Scanners do not find a code without it. */
const border = 4;

/** CSS pixels per module: a whole number that lets the code fit a small phone. */
const pixelsFor = (size: number) => (size <= 66 ? 4 : 3);

/**
 * Shows a text as a QR code. It is dark on light in the dark theme too, because many scanners cannot read inverted
 * codes.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border });
  const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  const width = size * pixelsFor(size);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={width}
      height={width}
      shapeRendering="crispEdges"
      data-theme="light"
      className="mx-auto h-auto max-w-full rounded-md bg-sheet text-ink"
    >
      <path d={squares.join("")} fill="currentColor" />
    </svg>
  );
}
