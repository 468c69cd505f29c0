import { InvariantError } from "./invariant.ts";

/**
 * A deep copy of plain data: primitives, plain objects, arrays, Map, Set, typed arrays and
 * ArrayBuffer. What is frozen is shared, not copied. An object met twice is copied once, so that the
 * copy has the shape of the original, cycles included.
 *
 * @throws InvariantError for anything else, such as a function or an instance of a class: it could
 * hide state from a fork.
 */
export function cloneState<T>(state: T): T {
  return copy(state, new Map()) as T;
}

function copy(value: unknown, seen: Map<object, object>): unknown {
  if (typeof value === "function") return refuse("a function");
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  return seen.get(value) ?? copyObject(value, seen);
}

function copyObject(value: object, seen: Map<object, object>): object {
  const remember = <T extends object>(made: T): T => {
    seen.set(value, made);
    return made;
  };
  if (Array.isArray(value)) {
    const array = remember(new Array<unknown>(value.length));
    for (let index = 0; index < value.length; index++) array[index] = copy(value[index], seen);
    return array;
  }
  if (value instanceof Map) {
    const map = remember(new Map<unknown, unknown>());
    for (const [key, entry] of value) map.set(copy(key, seen), copy(entry, seen));
    return map;
  }
  if (value instanceof Set) {
    const set = remember(new Set<unknown>());
    for (const entry of value) set.add(copy(entry, seen));
    return set;
  }
  if (value instanceof ArrayBuffer) return remember(value.slice(0));
  if (ArrayBuffer.isView(value)) return remember(copyView(value, seen));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype) return refuse(value.constructor?.name ?? "null prototype");
  // A spread keeps V8's hidden class, so that code warmed up on the original stays fast on the copy.
  const object = remember({ ...value } as Record<string, unknown>);
  for (const [key, entry] of Object.entries(object)) {
    if (isReference(entry)) object[key] = copy(entry, seen);
  }
  return object;
}

function copyView(view: ArrayBufferView, seen: Map<object, object>): ArrayBufferView {
  // By way of the buffer, so that views of one buffer remain views of one buffer.
  const buffer = copy(view.buffer, seen);
  const length = view instanceof DataView ? view.byteLength : (view as Uint8Array).length;
  const View = view.constructor as new (...of: unknown[]) => ArrayBufferView;
  return new View(buffer, view.byteOffset, length);
}

function isReference(value: unknown): boolean {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function refuse(what: string): never {
  throw new InvariantError(`state must be plain data that can be copied, found: ${what}`);
}
