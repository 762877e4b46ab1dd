import type { Routes } from "@daybook/core/client";

/**
 * The method and path of each operation. The build inlines them from the contract (`next.config.ts`), because the
 * contract's schemas would be a third of a page's script.
 */
export const routes: Routes = JSON.parse(process.env.DAYBOOK_ROUTES ?? "{}");
