import { describeEventQueue } from "./event-queue.suite.ts";
import { SortedQueue } from "./sorted-queue.ts";

describeEventQueue("a sorted queue", () => new SortedQueue());
