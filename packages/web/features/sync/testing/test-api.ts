import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/failures";
import { type ProblemCode, problems, problemType } from "@daybook/core/contract/problem";
import { ListId, TodoId } from "@daybook/core/ids";
import type { List } from "@daybook/core/list/list";
import type { Todo, TodoCreate, TodoUpdate } from "@daybook/core/todo/todo";
import type { SyncApi } from "../outbox/send-step.ts";

/** Fate of a request: it is answered, never arrives, is applied without a response, or is refused temporarily. */
export type Fate = "answered" | "lost" | "unanswered" | "refused";

const at = "2026-11-21T09:00:00.000Z";
const numbered = (count: number) => String(count).padStart(26, "0");

function problem(code: ProblemCode): ProblemError {
  const { status, title } = problems[code];
  return new ProblemError({ type: problemType(code), title, status, detail: title, instance: "request" });
}

/**
 * In-memory fake of the API rules that syncing depends on: versions, idempotency keys and bulk requests. A property
 * test runs thousands of event sequences, which would take hours against the real API. The browser tests cover some of
 * them there. Example: `updateTodo` with `ifMatch` 1 fails with `version-conflict` if the version is 2.
 */
export class TestApi {
  readonly lists = new Map<string, List>();
  readonly todos = new Map<string, Todo>();
  /** Operations of the requests that arrived, in order. */
  readonly log: string[] = [];
  fate: () => Fate = () => "answered";
  /** If true, bulk requests return 202 without being applied. */
  isSlow = false;
  readonly #made = new Map<string, List | Todo>();
  #count = 0;

  constructor() {
    this.addList("Inbox", "inbox");
  }

  addList(name: string, kind: List["kind"] = "list"): List {
    this.#count += 1;
    const id = ListId.parse(`lst_${numbered(this.#count)}`);
    const list: List = {
      ...{ id, kind, name, url: `http://localhost/v1/lists/${id}`, createdAt: at, updatedAt: at },
      ...{ version: 1, openTodos: 0 },
    };
    this.lists.set(id, list);
    return list;
  }

  addTodo(listId: ListId, { title, ...input }: TodoCreate): Todo {
    this.#count += 1;
    const id = TodoId.parse(`tod_${numbered(this.#count)}`);
    const times = { createdAt: at, updatedAt: at, completedAt: null };
    const content = {
      notes: "",
      completed: false,
      order: this.#count,
      dueDate: null,
      priority: "none",
      tags: [],
    } as const;
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const todo: Todo = {
      id,
      url: `http://localhost/${id}`,
      listId,
      title,
      ...times,
      ...content,
      tags: [],
      ...given,
      version: 1,
    };
    this.todos.set(id, todo);
    return todo;
  }

  /** Changes a todo as another client would. */
  change(id: string, changes: TodoUpdate): Todo {
    const todo = this.#todo(id);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const next = { ...todo, ...given, version: todo.version + 1 };
    this.todos.set(id, next);
    return next;
  }

  todosOf(listId: string): Todo[] {
    return [...this.todos.values()]
      .filter((todo) => todo.listId === listId)
      .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  readonly client: SyncApi = {
    listLists: () => this.#answer("listLists", () => [...this.lists.values()]),
    createList: ({ body }, options) =>
      this.#answer("createList", () => this.#once(options?.idempotencyKey, () => this.addList(body.name))),
    getList: ({ params }) => this.#answer("getList", () => this.#list(params.listId)),
    updateList: ({ params, body }, options) =>
      this.#answer("updateList", () => {
        const list = this.#list(params.listId);
        this.#match(list.version, options?.ifMatch);
        const next = { ...list, name: body.name ?? list.name, version: list.version + 1 };
        this.lists.set(list.id, next);
        return next;
      }),
    deleteList: ({ params }) =>
      this.#answer("deleteList", () => {
        this.lists.delete(this.#list(params.listId).id);
        for (const { id } of this.todosOf(params.listId)) this.todos.delete(id);
        return undefined;
      }),
    listTodos: ({ params }) => this.#answer("listTodos", () => this.todosOf(this.#list(params.listId).id)),
    createTodo: ({ params, body }, options) =>
      this.#answer("createTodo", () => {
        const { id } = this.#list(params.listId);
        return this.#once(options?.idempotencyKey, () => this.addTodo(id, body));
      }),
    getTodo: ({ params }) => this.#answer("getTodo", () => this.#todo(params.todoId)),
    updateTodo: ({ params, body }, options) =>
      this.#answer("updateTodo", () => {
        this.#match(this.#todo(params.todoId).version, options?.ifMatch);
        return this.change(params.todoId, body);
      }),
    deleteTodo: ({ params }, options) =>
      this.#answer("deleteTodo", () => {
        this.#match(this.#todo(params.todoId).version, options?.ifMatch);
        this.todos.delete(params.todoId);
        return undefined;
      }),
    updateTodos: ({ params, body }) =>
      this.#answer("updateTodos", () => {
        const all = this.todosOf(this.#list(params.listId).id).filter(({ completed }) => completed !== body.completed);
        if (!this.isSlow) for (const { id } of all) this.change(id, { completed: body.completed });
        return undefined;
      }),
    deleteTodos: ({ params }) =>
      this.#answer("deleteTodos", () => {
        const all = this.todosOf(this.#list(params.listId).id).filter(({ completed }) => completed);
        if (!this.isSlow) for (const { id } of all) this.todos.delete(id);
        return undefined;
      }),
  };

  // Syncing reads only the status and the entity tag of an answer, so the headers stay empty.
  async #answer<Data>(operation: string, work: () => Data) {
    const fate = this.fate();
    if (fate === "lost") throw new NetworkError("The server cannot be reached");
    if (fate === "refused") throw new GatewayError(503, "Service Unavailable", undefined);
    this.log.push(operation);
    const data = structuredClone(work());
    if (fate === "unanswered") throw new NetworkError("The answer broke off");
    const rest = { etag: undefined, next: undefined, requestId: undefined, headers: new Headers() };
    return { data, status: this.isSlow ? 202 : 200, ...rest };
  }

  #once<Made extends List | Todo>(key: string | undefined, make: () => Made): Made {
    // An idempotency key belongs to one operation, so the stored value has the right type.
    const made = key === undefined ? undefined : (this.#made.get(key) as Made | undefined);
    const result = made ?? make();
    if (key !== undefined) this.#made.set(key, result);
    return result;
  }

  #match(version: number, ifMatch: number | string | undefined): void {
    if (ifMatch !== undefined && ifMatch !== version) throw problem("version-conflict");
  }

  #list(id: string): List {
    const list = this.lists.get(id);
    if (!list) throw problem("list-not-found");
    return list;
  }

  #todo(id: string): Todo {
    const todo = this.todos.get(id);
    if (!todo || !this.lists.has(todo.listId)) throw problem("todo-not-found");
    return todo;
  }
}
