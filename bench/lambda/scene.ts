/** What a function is measured with. */
export interface Scene {
  readonly name: string;
  /** Name of the function in the resource graph. */
  readonly functionName: string;
  /** Whether a web framework can serve it. */
  readonly isHttp: boolean;
  /** Writes the items that the events need, and returns the events. */
  prepare(events: number): Promise<object[]>;
}

export const times = <Result>(count: number, make: (index: number) => Result) =>
  Array.from({ length: count }, (_, i) => make(i));
