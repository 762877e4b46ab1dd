import clsx from "clsx";

/** A bar in the place of text or a control that is on its way; its size comes as classes. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden="true" className={clsx("block skeleton", className ?? "h-4 w-full")} />
);
