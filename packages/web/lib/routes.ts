import type { Routes } from "@daybook/core/contract/routes";

/**
 * Where each operation of the API is. The build takes it from the contract (`next.config.ts`), whose schemas would be a third of a
 * page's script.
 */
export const routes: Routes = JSON.parse(process.env.DAYBOOK_ROUTES ?? "{}");
