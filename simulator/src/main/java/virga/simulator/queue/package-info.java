/** Clients of queues, and the ledger that knows what a queue has promised them. */
package virga.simulator.queue;
