import { router } from "./router.ts";

/** The web app. It needs no links: it talks to the API on its own origin. */
export const web = new sst.aws.Nextjs("Site", {
  path: "packages/web",
  buildCommand: "npm run build:open-next",
  router: { instance: router },
  server: { architecture: "arm64" },
  transform: {
    server(args) {
      // SST lets the server invalidate every distribution of the account; this site invalidates none.
      args.permissions = $output(args.permissions).apply((permissions) =>
        (permissions ?? []).filter((permission) => !permission.actions.includes("cloudfront:CreateInvalidation")),
      );
      return undefined;
    },
  },
});
