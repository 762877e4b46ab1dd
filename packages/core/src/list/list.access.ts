import type { Actor } from "../actor.ts";
import type { ListId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { findForMember, type ListRecord } from "./list.repository.ts";

/**
 * The proof that an actor may use a list. `authorise` alone makes one (the constructor is private, and the private field keeps
 * look-alikes out), so that what lies inside a list cannot be reached by code that forgot to ask.
 */
export class ListAccess {
  readonly #list: ListRecord;

  private constructor(list: ListRecord) {
    this.#list = list;
  }

  get list(): ListRecord {
    return this.#list;
  }

  /** One consistent round trip. @throws list-not-found also when the list is somebody else's */
  static async authorise(actor: Actor, listId: ListId): Promise<ListAccess> {
    const list = await findForMember(actor.userId, listId);
    if (!list) throw new Problem("list-not-found");
    return new ListAccess(list);
  }
}
