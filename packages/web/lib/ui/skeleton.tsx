import clsx from "clsx";

/** A bar in place of text or a control that is loading. `className` sets its size. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden="true" className={clsx("block skeleton", className ?? "h-4 w-full")} />
);
