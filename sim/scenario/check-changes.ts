import { expectedFound, mistakeLine, showValue } from "./mistake-text.ts";
import type { ResolvedScenario } from "./scenario.ts";

type CommitteeFields = ResolvedScenario["committee"];

/** Whether the changes of a committee are about nodes that are there, and leave anybody over. */
export function checkChanges(committee: CommitteeFields | undefined): string[] {
  if (committee === undefined) return [];
  const { changes, nodes, epochAge, epoch } = committee;
  const mistakes: string[] = [];
  if (epochAge > epoch) {
    const text = "expected no more than committee.epoch, found more";
    mistakes.push(mistakeLine(["committee", "epochAge"], text));
  }
  const present = new Set(nodes.map(({ name }) => name));
  const known = new Set(present);
  const inOrder = changes.map((change, index) => ({ change, index }));
  inOrder.sort((a, b) => a.change.epoch - b.change.epoch || a.index - b.index);
  for (const { change, index } of inOrder) {
    const { kind, node } = change;
    const path = ["committee", "changes", index, "node"];
    const expect = (expected: string, names: readonly string[] = []) =>
      mistakes.push(mistakeLine(path, expectedFound(expected, showValue(node), names)));
    if (kind === "joins") {
      if (known.has(node)) expect("a name that no other node has");
      known.add(node);
      present.add(node);
    } else if (!present.has(node)) {
      expect("the name of a node that is in the active set then", [...present]);
    } else if (kind === "leaves") {
      if (present.size === 1) expect("a node that leaves others behind");
      present.delete(node);
    }
  }
  return mistakes;
}
