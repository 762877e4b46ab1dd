import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { PostId } from "../ids.ts";
import { recount } from "./comment.counts.ts";

const postId = PostId.parse("pst_01KAJ00000000000000000000A");

/** The visible comments of a post and its stored count. `turn` resolves when the access to the table happens. */
const model = vi.hoisted(() => ({
  visible: 0,
  count: 0,
  mark: undefined as string | undefined,
  turn: (_access: string): Promise<void> => Promise.resolve(),
}));
vi.mock("../published/published-post.service.ts", async () => {
  const { OptimisticLockError } = await import("../db/optimistic-retry.ts");
  return {
    findReference: async (id: PostId) => ({ postId: id }),
    async findCountMark() {
      await model.turn("read the mark");
      return model.mark;
    },
    async saveCount(_post: unknown, count: number, { mark, before }: { mark: string; before: string | undefined }) {
      await model.turn("save the count");
      if (model.mark !== before) throw new OptimisticLockError();
      Object.assign(model, { count, mark });
    },
  };
});
vi.mock("./comment.lists.repository.ts", () => ({
  async countVisible() {
    await model.turn("count");
    return model.visible;
  },
}));
vi.mock("node:timers/promises", () => ({ setTimeout: () => model.turn("wait") }));

describe("a post's comment count, in every order of concurrent accesses", () => {
  it("is correct after the events of all changes were delivered once or twice", async () => {
    const change = fc.record({
      what: fc.constantFrom("show", "hide", "republish"),
      deliveries: fc.constantFrom(1, 1, 2),
    });
    const plan = fc.array(change, { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), plan, async (scheduler, changes) => {
        Object.assign(model, { visible: 2, count: 2, mark: "first" });
        model.turn = (access) => scheduler.schedule(Promise.resolve(), access);
        const act = async ({ what, deliveries }: (typeof changes)[number]) => {
          await model.turn(what);
          if (what === "show") model.visible += 1;
          else if (what === "hide") model.visible -= 1;
          else model.mark = undefined;
          await Promise.all(Array.from({ length: deliveries }, () => recount(postId)));
        };
        await scheduler.waitFor(Promise.all(changes.map(act)));
        expect(model.count).toBe(model.visible);
      }),
      { numRuns: 600 },
    );
  });
});
