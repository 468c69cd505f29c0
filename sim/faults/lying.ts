import type { Context } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { Lie, LieKind } from "../protocol/lies.ts";
import type { Liars } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { Injector } from "./injector.ts";

/** Nodes that turn dishonest. The node itself counts each lie. */
export class Lying extends Injector<Liars & { readonly at?: undefined }> {
  protected override get at() {
    return this.fault.from;
  }

  protected override get isTallied(): boolean {
    return false;
  }

  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    const lies = [this.fault.behaviour].flat().map((kind) => this.#lie(kind));
    for (const node of this.state.targets) this.tools.behave(node, lies, context);
  }

  protected override release(context: Context<FaultMessage>): void {
    for (const node of this.state.targets) this.tools.behave(node, [], context);
  }

  #lie(kind: LieKind): Lie {
    const { blobs, clients, margin = 0 } = this.fault;
    const { patience, clients: known } = this.tools.world;
    switch (kind) {
      case "withhold": {
        const from = known
          .filter(({ place, region }) => clients?.includes(place) || clients?.includes(region))
          .map(({ actor }) => actor);
        return { kind, blobs, from: clients && from };
      }
      case "delay": {
        const held = (limit: Duration) => limit - margin;
        invariant(margin > 0, () => "a delayed answer needs a margin");
        return {
          kind,
          clients: held(patience.clients),
          metadata: held(patience.metadata),
          symbols: held(patience.symbols),
        };
      }
      default:
        return { kind };
    }
  }
}
