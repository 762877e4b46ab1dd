import type { ConditionalContext, RepeatableContext, UserContext } from "@daybook/core/call-context";
import type { postOperations } from "@daybook/core/post/post.api";
import type { readingOperations } from "@daybook/core/published/reading.api";
import { expectTypeOf, it } from "vitest";
import type { HandlerInput } from "./parse.ts";

type ContextOf<Op extends keyof typeof postOperations> = HandlerInput<(typeof postOperations)[Op]>["ctx"];

it("gives a handler only the context that its operation has", () => {
  expectTypeOf<HandlerInput<typeof readingOperations.listPosts>["ctx"]>().not.toExtend<UserContext>();
  expectTypeOf<ContextOf<"listMyPosts">>().toExtend<UserContext>();
  expectTypeOf<ContextOf<"listMyPosts">>().not.toExtend<ConditionalContext>();
  expectTypeOf<ContextOf<"createPost">>().toExtend<RepeatableContext>();
  expectTypeOf<ContextOf<"createPost">>().not.toExtend<ConditionalContext>();
  expectTypeOf<ContextOf<"updatePost">>().toExtend<ConditionalContext>();
  expectTypeOf<ContextOf<"updatePost">>().not.toExtend<RepeatableContext>();
});
