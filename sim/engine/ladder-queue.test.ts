import { describeEventQueue } from "./event-queue.suite.ts";
import { LadderQueue } from "./ladder-queue.ts";

describeEventQueue("a ladder queue", () => new LadderQueue());
