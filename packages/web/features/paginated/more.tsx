import { common } from "../../copy/common.ts";
import { Button } from "../../lib/ui/button.tsx";
import type { Paginated } from "./use-paginated.ts";

/** A collection without its items. */
export type Pages = Omit<Paginated<unknown>, "items" | "change">;

/** Button that loads the next page, if there is one. */
export const More = ({ pages: { hasMore, isLoading, more }, name }: { pages: Pages; name: string }) =>
  hasMore && (
    <Button className="mt-6" aria-disabled={isLoading} onClick={more}>
      {isLoading ? common.loading : name}
    </Button>
  );
