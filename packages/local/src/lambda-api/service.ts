import { asyncInvocations } from "../async-invocations/service.ts";
import type { Front } from "../iam/front.ts";
import { lambda } from "../lambda/service.ts";
import type { Service } from "../service.ts";
import { startLambdaApi } from "./lambda-api.ts";

/** Starts before the functions, so that their environment has its endpoint. */
export const lambdaApi: Service<Front> = {
  types: {},
  support: {
    title: "Lambda's API",
    implementation: "own",
    supported: ["`Invoke` with the types `RequestResponse`, `Event` and `DryRun`"],
    unsupported: {
      "Versions and aliases": "The function is not found.",
      "Log tails": "The response has no log.",
      "Other operations": "The request is refused.",
    },
  },
  start: (ground) =>
    startLambdaApi({
      ...ground,
      invoker: {
        invoke: (...call) => ground.get(lambda).invoke(...call),
        invokeAsync: (...call) => ground.get(asyncInvocations).invokeAsync(...call),
      },
    }),
};
