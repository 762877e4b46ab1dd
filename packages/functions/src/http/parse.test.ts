import type { ConditionalContext, RepeatableContext, UserContext } from "@daybook/core/call-context";
import type { listOperations } from "@daybook/core/list/list.api";
import type { systemOperations } from "@daybook/core/system/system.api";
import { expectTypeOf, it } from "vitest";
import type { HandlerInput } from "./parse.ts";

type ContextOf<Op extends keyof typeof listOperations> = HandlerInput<(typeof listOperations)[Op]>["ctx"];

it("gives a handler only the context that its operation has", () => {
  expectTypeOf<HandlerInput<typeof systemOperations.getHealth>["ctx"]>().not.toExtend<UserContext>();
  expectTypeOf<ContextOf<"listLists">>().toExtend<UserContext>();
  expectTypeOf<ContextOf<"listLists">>().not.toExtend<ConditionalContext>();
  expectTypeOf<ContextOf<"createList">>().toExtend<RepeatableContext>();
  expectTypeOf<ContextOf<"createList">>().not.toExtend<ConditionalContext>();
  expectTypeOf<ContextOf<"updateList">>().toExtend<ConditionalContext>();
  expectTypeOf<ContextOf<"updateList">>().not.toExtend<RepeatableContext>();
});
