import { describe, expect, it } from "vitest";
import { newStorage } from "../../../lib/test-storage.ts";
import { countDrafts, Drafts, forgetDrafts } from "./comment-drafts.ts";

const storage = newStorage();
const draftsOf = (userId: string, kept = newStorage()) => new Drafts(userId, "pst_1", kept);

describe("a draft", () => {
  it("is kept for the next page of the same user and post", () => {
    draftsOf("usr_ada", storage).write("new", "Half a thou");
    expect(draftsOf("usr_ada", storage).get("new")?.body).toBe("Half a thou");
    expect(draftsOf("usr_bob", storage).get("new")).toBeUndefined();
    expect(new Drafts("usr_ada", "pst_2", storage).get("new")).toBeUndefined();
  });

  it("keeps its idempotency key while the text is unchanged", () => {
    const drafts = draftsOf("usr_ada");
    drafts.write("new", "One");
    const key = drafts.get("new")?.key;
    drafts.mark("new", true);
    drafts.mark("new", false);
    drafts.write("new", "One");
    expect(drafts.get("new")?.key).toBe(key);
    drafts.write("new", "Two");
    expect(drafts.get("new")?.key).not.toBe(key);
  });

  it("is not kept for a blank text", () => {
    const drafts = draftsOf("usr_ada");
    drafts.write("new", "One");
    drafts.write("new", " ");
    expect(drafts.get("new")).toBeUndefined();
    expect(drafts.mark("new", true)).toBeUndefined();
  });

  it("is listed as sent or unsent", () => {
    const kept = newStorage();
    const drafts = draftsOf("usr_ada", kept);
    drafts.write("new", "One");
    drafts.write("reply-cmt_1", "Two");
    drafts.mark("reply-cmt_1", true);
    expect(draftsOf("usr_ada", kept).slots({ sent: true })).toEqual(["reply-cmt_1"]);
    expect(draftsOf("usr_ada", kept).slots({ sent: false })).toEqual(["new"]);
  });

  it("is kept in memory if storage fails", () => {
    const full = newStorage();
    full.setItem = () => {
      throw new DOMException("The quota has been exceeded", "QuotaExceededError");
    };
    const drafts = draftsOf("usr_ada", full);
    drafts.write("new", "One");
    expect(drafts.get("new")?.body).toBe("One");
    expect(drafts.slots({ sent: false })).toEqual(["new"]);
    drafts.remove("new");
    expect(drafts.get("new")).toBeUndefined();
  });

  it("in format 1 is read and then written with its format version", () => {
    const kept = newStorage();
    const name = "daybook.comments.usr_ada.pst_1.new";
    kept.setItem(name, '{"body":"Half a thou","key":"4f","sent":false}');
    const drafts = draftsOf("usr_ada", kept);
    expect(drafts.get("new")).toEqual({ body: "Half a thou", key: "4f", sent: false });
    drafts.mark("new", true);
    expect(JSON.parse(kept.getItem(name) ?? "")).toEqual({ body: "Half a thou", key: "4f", sent: true, format: 1 });
  });

  it("in an unreadable format is shown as text and not sent automatically", () => {
    const kept = newStorage();
    kept.setItem("daybook.comments.usr_ada.pst_1.new", "{ half");
    kept.setItem("daybook.comments.usr_ada.pst_1.reply-cmt_1", '{"format":9,"body":"A thou","sent":true,"to":"x"}');
    kept.setItem("daybook.comments.usr_ada.pst_1.waiting", '{"ids":1}');
    const drafts = draftsOf("usr_ada", kept);
    expect(drafts.get("new")).toMatchObject({ body: "{ half", sent: false });
    expect(drafts.get("reply-cmt_1")).toMatchObject({ body: "A thou", sent: false });
    expect(drafts.waiting()).toEqual([]);
  });
});

it("remembers comments that wait for approval until they are decided", () => {
  const drafts = draftsOf("usr_ada");
  drafts.wait("cmt_1", true);
  drafts.wait("cmt_2", true);
  drafts.wait("cmt_1", true);
  expect(drafts.waiting()).toEqual(["cmt_2", "cmt_1"]);
  drafts.wait("cmt_2", false);
  expect(drafts.waiting()).toEqual(["cmt_1"]);
});

it("counts and deletes all drafts of a user who signs out", () => {
  const kept = newStorage();
  draftsOf("usr_ada", kept).write("new", "One");
  draftsOf("usr_ada", kept).wait("cmt_1", true);
  draftsOf("usr_bob", kept).write("new", "Mine");
  expect(countDrafts("usr_ada", kept)).toBe(1);
  forgetDrafts("usr_ada", kept);
  expect(countDrafts("usr_ada", kept)).toBe(0);
  expect(draftsOf("usr_ada", kept).waiting()).toEqual([]);
  expect(draftsOf("usr_bob", kept).get("new")?.body).toBe("Mine");
});
