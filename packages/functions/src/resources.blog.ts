import { Resource } from "sst/resource";

declare module "sst/resource" {
  interface Resource {
    readonly CommentMailQueueUrl: { readonly url: string };
    readonly Distribution: { readonly id: string };
    readonly RevalidationSecret: { readonly value: string };
  }
}

/** Configuration of the blog's functions, like `resources`. */
export const blogResources = {
  commentMailQueueUrl: (): string => Resource.CommentMailQueueUrl.url,
  distributionId: (): string => Resource.Distribution.id,
  revalidationSecret: (): string => Resource.RevalidationSecret.value,
};
