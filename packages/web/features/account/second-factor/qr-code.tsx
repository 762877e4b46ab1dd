import { encode } from "uqr";

/** The quiet zone around it, in squares, without which it is not found. */
const border = 4;

/** CSS pixels for each square: whole ones, as long as it fits a small phone so. */
const pixelsFor = (size: number) => (size <= 66 ? 4 : 3);

/** A text for cameras. It is dark on light in dark surroundings, too: many readers know no other. */
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
