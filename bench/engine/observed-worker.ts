// The product's own load thread, whatever transport it has, with an eye on its requests. The order of the two matters not:
// nothing is recorded before the plan runs.
import './observe.ts';
import '../../src/entry/load-worker.ts';
