import type { UserContext } from "../call-context.ts";
import type { ListId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { findForMember, type ListRecord } from "./list.repository.ts";

/**
 * Proof that an actor may use a list. Only `authorise` creates one: the constructor is private, and the private field
 * rejects look-alikes. Functions that read or change a list's contents require it, so they cannot skip authorization.
 */
export class ListAccess {
  readonly #list: ListRecord;

  private constructor(list: ListRecord) {
    this.#list = list;
  }

  get list(): ListRecord {
    return this.#list;
  }

  /** One consistent round trip. @throws list-not-found if the list does not exist or the actor is not a member */
  static async authorise({ actor }: UserContext, listId: ListId): Promise<ListAccess> {
    const list = await findForMember(actor.userId, listId);
    if (!list) throw new Problem("list-not-found");
    return new ListAccess(list);
  }
}
