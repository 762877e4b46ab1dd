import "fake-indexeddb/auto";
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { OpenDraft } from "./open-draft.ts";
import { conflictsOf } from "./saving-state.ts";
import { draftStoreOf } from "./stored-drafts.ts";
import { TestPosts } from "./testing/test-posts.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A browser whose tabs share a store and locks, with a fake API that counts created posts. */
class Browser {
  readonly userId = `usr_${randomUUID()}`;
  readonly api = new TestPosts();
  online = true;

  openTab(name: string): OpenDraft {
    const store = draftStoreOf(this.userId);
    const tab = new OpenDraft(name, {
      store,
      api: this.api.client,
      channel: `daybook.writing.${this.userId}`,
      isOnline: () => this.online,
      isAllowed: () => true,
    });
    closers.push(() => {
      tab.close();
      store.close();
    });
    return tab;
  }
}

const bodyOf = (tab: OpenDraft) => tab.view().localDraft?.draft.body;
const until = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 10 });
const writes = (tab: OpenDraft) => until(() => expect(tab.view()).toMatchObject({ role: "writing", localDraft: {} }));

describe("an open draft", () => {
  it("is saved shortly after an edit", async () => {
    const browser = new Browser();
    const { api } = browser;
    const tab = browser.openTab("new-1");
    await writes(tab);
    tab.edit({ body: "One" });
    expect(tab.view().status).toBe("saving");
    await until(() => expect(tab.view().status).toBe("saved"));
    expect(api.post?.body).toBe("One");
    expect(api.created).toBe(1);
  });

  it("is restored with its unsaved changes after the tab was closed", async () => {
    const browser = new Browser();
    browser.online = false;
    const tab = browser.openTab("new-1");
    await writes(tab);
    tab.edit({ body: "Offline" });
    expect(tab.view().status).toBe("offline");
    tab.close();
    browser.online = true;
    const next = browser.openTab("new-1");
    await until(() => expect(next.view().status).toBe("saved"));
    await until(() => expect(browser.api.post?.body).toBe("Offline"));
  });

  it("is written in one tab while others follow, until one takes over", async () => {
    const browser = new Browser();
    const first = browser.openTab("new-1");
    await writes(first);
    const second = browser.openTab("new-1");
    await until(() => expect(second.view().role).toBe("following"));
    first.edit({ body: "One" });
    await until(() => expect(bodyOf(second)).toBe("One"));
    second.edit({ body: "Not here" });
    expect(bodyOf(second)).toBe("One");
    second.takeOver();
    first.edit({ body: "One, two" });
    await until(() => expect([first.view().role, second.view().role]).toEqual(["following", "writing"]));
    second.edit({ body: `${bodyOf(second)}, three` });
    await until(() => expect(bodyOf(first)).toBe(bodyOf(second)));
    second.close();
    await until(() => expect(first.view().role).toBe("writing"));
    expect(bodyOf(first)).toMatch(/^One.*, three$/);
  });

  it("keeps the delay of a retry when it is fetched again", async () => {
    const browser = new Browser();
    const { api } = browser;
    const tab = browser.openTab("new-1");
    await writes(tab);
    tab.edit({ body: "One" });
    await until(() => expect(tab.view().status).toBe("saved"));
    api.fate = "refused";
    tab.edit({ body: "Two" });
    await until(() => expect(tab.view().status).toBe("waiting"));
    const retryAt = tab.view().localDraft?.retryAt;
    api.fate = "answered";
    await tab.reload();
    expect(tab.view().localDraft?.retryAt).toBe(retryAt);
  });

  it("is saved before act runs", async () => {
    const browser = new Browser();
    const { api } = browser;
    const tab = browser.openTab("new-1");
    await writes(tab);
    tab.edit({ body: "To publish" });
    const versions: number[] = [];
    const isDone = await tab.act(async (_, version) => {
      versions.push(version);
      expect(api.post?.body).toBe("To publish");
      return api.change({});
    });
    expect(isDone).toBe(true);
    expect(versions).toEqual([2]);
    expect(tab.view().localDraft?.base?.standing.version).toBe(3);
  });

  it("refuses act while a conflict is unresolved", async () => {
    const browser = new Browser();
    const tab = browser.openTab("new-1");
    await writes(tab);
    tab.edit({ body: "Mine" });
    await until(() => expect(tab.view().status).toBe("saved"));
    browser.api.change({ body: "Theirs" });
    tab.edit({ body: "Mine again" });
    const act = vi.fn();
    expect(await tab.act(act)).toBe(false);
    expect(act).not.toHaveBeenCalled();
    const { status, localDraft } = tab.view();
    expect(status).toBe("stuck");
    expect(localDraft?.theirs && conflictsOf(localDraft, localDraft.theirs)).toEqual(["body"]);
    tab.decide({ keep: "mine" });
    await until(() => expect(browser.api.post?.body).toBe("Mine again"));
  });
});
