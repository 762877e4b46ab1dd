/** The types of the resources that `infra/` links to the functions, as SST generates them. */
declare module "sst" {
  interface Resource {
    readonly Labels: { readonly url: string };
    readonly News: { readonly arn: string };
    readonly Parcels: { readonly name: string };
    readonly Photos: { readonly name: string };
    readonly Settings: { readonly depot: string };
  }
}

export {};
